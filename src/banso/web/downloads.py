"""The one way out of the file store: verified, with a forced type and a safe name."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse

from banso.web.file_store import StoredBytes, read_verified

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

WHOLE_BYTES: Final = 4 * 1024 * 1024
PDF: Final = "application/pdf"
_UNKNOWN: Final = "application/octet-stream"
_ENDINGS: Final = {PDF: ".pdf", _UNKNOWN: ".bin"}
_LONGEST_STEM_BYTES: Final = 180


def serve_file(*, stored: StoredBytes, name: str, media_type: str) -> HttpResponseBase:
    """Give a stored file as an attachment that runs nothing; not one byte before all are proven.

    A large file is proven in a first reading, and again while it is sent: on a mismatch the
    connection ends before the last bytes.
    """
    kind = media_type if media_type in _ENDINGS else _UNKNOWN
    if stored.size <= WHOLE_BYTES:
        response: HttpResponseBase = HttpResponse(b"".join(read_verified(stored)))
    else:
        _prove(stored)
        response = StreamingHttpResponse(read_verified(stored))
    response.headers["Content-Type"] = kind
    response.headers["Content-Length"] = str(stored.size)
    response.headers["Content-Disposition"] = disposition(name, kind)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store, private"
    return response


def disposition(name: str, media_type: str) -> str:
    """Name an attachment for old and new browsers (RFC 6266)."""
    safe = safe_name(name, media_type)
    if safe.isascii():
        return f'attachment; filename="{safe}"'
    plain = f"file{_ENDINGS[media_type]}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"


def safe_name(name: str, media_type: str) -> str:
    r"""Keep what names a file and nothing that hides, reorders, leads elsewhere or runs.

    >>> safe_name("../plan\u202efdp.exe", "application/pdf")
    'planfdp.exe.pdf'
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(
        "_" if one in '<>:"|?*;%' else one
        for one in unicodedata.normalize("NFC", last)
        if unicodedata.category(one)[0] != "C" and unicodedata.category(one) not in {"Zl", "Zp"}
    )
    ending = _ENDINGS[media_type]
    stem = seen.strip(" .")
    if stem.lower().endswith(ending):
        stem = stem[: -len(ending)]
    short = stem.encode()[:_LONGEST_STEM_BYTES].decode(errors="ignore").strip(" .")
    return f"{short or 'file'}{ending}"


def _prove(stored: StoredBytes) -> None:
    for _chunk in read_verified(stored):
        pass

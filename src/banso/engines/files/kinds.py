"""What a file is, as two detectors that know nothing of each other see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import filetype  # type: ignore[import-untyped] # it has no types
import puremagic

PDF: Final = "application/pdf"
HEAD: Final = 8_192
# A reader of PDF takes the mark within the first 1,024 bytes; only a mark of text may precede it.
PDF_MARK: Final = b"%PDF-"
MARK_WITHIN: Final = 1_024
_PADDING: Final = re.compile(rb"\A(?:\xef\xbb\xbf|\xfe\xff|\xff\xfe)?[\s\x00]*\Z")
_ARCHIVES: Final = frozenset(
    {
        "application/zip",
        "application/gzip",
        "application/x-7z-compressed",
        "application/x-bzip2",
        "application/x-rar-compressed",
        "application/vnd.rar",
        "application/x-rar",
        "application/x-tar",
        "application/x-xz",
        "application/x-lzip",
        "application/x-compress",
        "application/x-unix-archive",
        "application/vnd.ms-cab-compressed",
        "application/x-iso9660-image",
        "application/zstd",
    }
)
_OFFICE: Final = ("officedocument", "opendocument", "msword", "ms-excel", "ms-powerpoint")
_OFFICE_PARTS: Final = re.compile(
    rb"\[Content_Types\]\.xml|word/|xl/|ppt/|mimetypeapplication/vnd\.oasis"
)
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
_ARCHIVE_MARKS: Final = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b\x08",
    b"BZh9",
    b"\xfd7zXZ\x00",
    b"MSCF",
)
_PAGES_OF_THE_WEB: Final = re.compile(
    rb"\A\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|script|svg|\?xml)", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the first bytes tell: where a PDF begins, and what else the file may be."""

    begins_at: int = 0
    kind: str = ""
    detectors: tuple[str, str] = ("", "")

    @property
    def is_pdf(self) -> bool:
        """Whether both detectors see a PDF, behind nothing but padding."""
        return self.kind == "pdf"


def see(head: bytes) -> Seen:
    r"""Name what a file is by its first bytes.

    >>> see(b"%PDF-1.7\n").kind, see(b"PK\x03\x04").kind, see(b"<html>").kind
    ('pdf', 'archive', 'web-page')
    """
    begins_at = head[: MARK_WITHIN + len(PDF_MARK)].find(PDF_MARK)
    if begins_at > 0 and _PADDING.match(head[:begins_at]):
        detectors = _detectors(head[begins_at:])
        return Seen(begins_at=begins_at, kind=_agreed(detectors), detectors=detectors)
    detectors = _detectors(head)
    if begins_at == 0:
        return Seen(kind=_agreed(detectors), detectors=detectors)
    kind = _other_kind(head, detectors)
    return Seen(
        kind="something-before" if begins_at > 0 and not kind else kind or "unknown",
        detectors=detectors,
    )


def holds_archive(tail: bytes) -> bool:
    """Tell whether what follows a document's end could be unpacked."""
    return any(mark in tail for mark in _ARCHIVE_MARKS)


def _agreed(detectors: tuple[str, str]) -> str:
    return "pdf" if detectors == (PDF, PDF) else "disagreed"


def _detectors(head: bytes) -> tuple[str, str]:
    guessed = filetype.guess(head)
    try:
        found = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    return (guessed.mime if guessed else "", found)


def _other_kind(head: bytes, detectors: tuple[str, str]) -> str:
    """Say in one word what somebody chose in place of a PDF."""
    names = " ".join(detectors)
    is_office = head.startswith(_OLD_OFFICE) or any(one in names for one in _OFFICE)
    kinds = {
        "program": head.startswith(_PROGRAMS),
        "web-page": bool(_PAGES_OF_THE_WEB.match(head.removeprefix(b"\xef\xbb\xbf"))),
        "archive": head.startswith(b"PK") and not _OFFICE_PARTS.search(head),
        "office": is_office or head.startswith(b"PK"),
        "image": "image/" in names,
        "media": "audio/" in names or "video/" in names,
    }
    packed = bool(_ARCHIVES & set(detectors)) or head.startswith(_ARCHIVE_MARKS)
    return next((kind for kind, fits in kinds.items() if fits), "archive" if packed else "")

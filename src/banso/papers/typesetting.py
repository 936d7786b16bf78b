"""Typesets one document with limits, a process of its own: `python -m banso.papers.typesetting`.

It reads a job as JSON and writes a PDF/UA-1. It knows neither Django nor the database, so that
what the libraries load and hold never burdens the server.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from functools import cache
from pathlib import Path
from typing import Any, Final

import fontpkg_noto_sans  # type: ignore[import-untyped] # a font, with no types
import noto_cjk_sans_jp_bold  # type: ignore[import-untyped] # as above
import noto_cjk_sans_jp_regular  # type: ignore[import-untyped] # as above
import pikepdf
import typst

from banso.papers.glyphs import MARKLESS, characters_of

TEMPLATE: Final = Path(__file__).parent / "typst" / "document.typ"
FONT_FILES: Final = (
    fontpkg_noto_sans.ROOT / "files" / "NotoSans[wdth,wght].ttf",
    Path(str(noto_cjk_sans_jp_regular.FONT_PATH)),
    Path(str(noto_cjk_sans_jp_bold.FONT_PATH)),
)
# Stands for a character that no font has: under UA-1 a single one would fail the whole document.
GETA: Final = "〓"
SECONDS, BYTES = 20, 2 * 1024**3


def main() -> None:
    """Typeset what stands on standard input, onto standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    sys.stdout.buffer.write(typeset(json.load(sys.stdin.buffer)))


def typeset(job: dict[str, Any]) -> bytes:
    """Make the PDF of a job: its document, the instant that it carries, and a file inside it."""
    pdf = typst.compile(
        TEMPLATE,
        font_paths=_fonts(),
        sys_inputs={"document": json.dumps(printable(job["document"]))},
        pdf_standards="ua-1",
        timestamp=job["made_at"],
    )
    attached = job.get("attached")
    return with_file(pdf, **attached) if attached else pdf


@cache
def _fonts() -> typst.Fonts:
    folders = sorted({file.parent for file in FONT_FILES})
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=folders
    )


@cache
def drawable() -> frozenset[int]:
    """List every code point that some font of ours draws."""
    return MARKLESS.union(*(characters_of(file) for file in FONT_FILES))


def printable(document: dict[str, Any]) -> dict[str, Any]:
    """Put 〓 for what cannot be drawn, and say at the end which code points these were."""
    unknown = sorted(set(map(ord, _texts(document))) - drawable())
    drawn: dict[str, Any] = _translated(document, dict.fromkeys(unknown, GETA))
    if unknown:
        codes = ", ".join(f"U+{point:04X}" for point in unknown)
        note = document["unknown_characters"].replace("{codes}", codes)
        drawn["parts"] = [*drawn["parts"], {"kind": "paragraph", "text": note}]
    return drawn


def _texts(value: object) -> str:
    match value:
        case str():
            return value
        case list():
            return "".join(map(_texts, value))
        case dict():
            return "".join(map(_texts, value.values()))
        case _:
            return ""


def _translated(value: Any, table: dict[int, str]) -> Any:  # noqa: ANN401 - what JSON can hold
    match value:
        case str():
            return value.translate(table)
        case list():
            return [_translated(part, table) for part in value]
        case dict():
            return {key: _translated(part, table) for key, part in value.items()}
        case _:
            return value


def with_file(pdf: bytes, *, name: str, description: str, text: str) -> bytes:
    """Put a file into the PDF as it is, so that its bytes can be found without a PDF reader."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.attachments[name] = pikepdf.AttachedFileSpec(
            opened,
            text.encode(),
            filename=name,
            description=description,
            mime_type="text/plain",
        )
        opened.save(
            made,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            deterministic_id=True,
        )
    return made.getvalue()


if __name__ == "__main__":
    main()

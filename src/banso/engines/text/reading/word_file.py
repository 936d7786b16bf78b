"""Text out of DOCX, with footnotes, tables and text boxes, page by page as Word last broke them.

The archive is measured by what it declares before anything is unpacked; more than is declared is
never unpacked (zipfile stops there).
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from banso.engines.text.reading.confinement import Allowed, Answer, confined, paged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.oxml.xmlchemy import BaseOxmlElement

MOST_PARTS = 5_000
PARSED = (".xml", ".rels")
# An element of a few bytes takes more than a hundred once it is parsed.
MEMORY_A_BYTE = 16
MAIN_PART = "word/document.xml"
DOCUMENT_TYPE = (
    b"<!DOCTYPE",
    "<!DOCTYPE".encode("utf-16-le"),
    "<!DOCTYPE".encode("utf-16-be"),
)
HEAD = 4096
ENCRYPTED = 0x1
HOLDS_ENTITIES = Answer("broken", note="holds-entities")
NOTES = ("/footnotes", "/endnotes")
MATHEMATICS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
# What is there for older programs a second time, and the readings set above kanji.
SKIPPED = {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", qn("w:rt")}
WRITTEN = {
    qn("w:p"): "\n\n",
    qn("w:tab"): "\t",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "\u00ad",
    qn("w:lastRenderedPageBreak"): "\f",
}


def read(content: bytes, allowed: Allowed, _kind: str) -> Answer:
    """Read the body, then the notes, unless the archive is not what it should be."""
    try:
        refusal = _refusal(content, allowed)
    except BadZipFile:
        refusal = Answer("broken", note="not-readable")
    if refusal:
        return refusal
    part = Document(BytesIO(content)).part
    blobs = [
        relation.target_part.blob
        for relation in part.rels.values()
        if relation.reltype.endswith(NOTES)
    ]
    roots = [part.element, *map(parse_xml, blobs)]
    # It may be further behind than was looked before, or in a rarer encoding.
    if any(root.getroottree().docinfo.internalDTD is not None for root in roots):
        return HOLDS_ENTITIES
    texts = ["".join(_texts(root)) for root in roots]
    return paged(_pages("\n\n".join(filter(None, map(str.strip, texts)))), allowed)


def _refusal(content: bytes, allowed: Allowed) -> Answer | None:
    with ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        if MAIN_PART not in archive.namelist():
            return Answer("unknown-kind", note="kind-not-read")
        if any(part.flag_bits & ENCRYPTED for part in parts):
            return Answer("encrypted", note="password-needed")
        expanded = sum(part.file_size for part in parts)
        parsed = sum(part.file_size for part in parts if part.filename.endswith(PARSED))
        if (
            len(parts) > MOST_PARTS
            or expanded > allowed.expanded_bytes
            or parsed * MEMORY_A_BYTE > allowed.memory_bytes
        ):
            return Answer("too-large", note="expands-too-far")
        if any(_has_document_type(archive, part.filename) for part in parts):
            return HOLDS_ENTITIES
    return None


def _has_document_type(archive: ZipFile, name: str) -> bool:
    """Find the declaration that entity bombs need and that no word processor writes."""
    if not name.endswith(PARSED):
        return False
    with archive.open(name) as part:
        head = part.read(HEAD)
    return any(mark in head for mark in DOCUMENT_TYPE)


def _texts(root: BaseOxmlElement) -> Iterator[str]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag in SKIPPED:
            continue
        waiting.extend(reversed(element))
        if element.tag in {qn("w:t"), MATHEMATICS}:
            yield element.text or ""
        elif element.tag == qn("w:br"):
            yield "\f" if element.get(qn("w:type")) == "page" else "\n"
        else:
            yield WRITTEN.get(element.tag, "")


def _pages(text: str) -> Iterator[str]:
    """Split at page breaks; a break that Word drew where one was asked for is the same one."""
    yield from (page.strip("\n") for page in text.replace("\f\n\n\f", "\f").split("\f"))


if __name__ == "__main__":
    confined(read)

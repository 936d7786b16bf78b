"""Text out of PDF by PDFium, page by page; it tells scans, and pages that are scans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY, FPDF_PAGEOBJ_IMAGE

from banso.engines.text.reading.confinement import Allowed, Answer, confined, paged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfPage

LETTER = re.compile(r"[^\W_]")
# A page with fewer is a picture with a page number.
FEWEST_LETTERS = 8
# Fonts without a table of characters come out as private and replacement characters.
MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
MOST_MEANINGLESS = 0.3
# PDFium writes these for the hyphen at the end of a line.
LINE_HYPHENS = dict.fromkeys((0x02, 0xFFFE), "\u00ad")
LISTED = 20
END_MARK, END_WITHIN = b"%%EOF", 2048


def read(content: bytes, allowed: Allowed, _kind: str) -> Answer:
    """Read every page, or say what is in the way."""
    try:
        document = PdfDocument(content)
    except PdfiumError as error:
        if error.err_code in {FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY}:
            return Answer("encrypted", note="password-needed")
        return Answer("broken", note="not-readable")
    if len(document) > allowed.pages:
        return Answer("too-large", note="page-limit")
    pictures: list[int] = []
    unread: list[int] = []
    answer = paged(_texts(document, pictures, unread), allowed)
    if answer.status != "text":
        return answer
    ends = END_MARK in content[-END_WITHIN:]
    return _judged(answer, _notes(pictures, unread, ends=ends), ends=ends)


def _texts(document: PdfDocument, pictures: list[int], unread: list[int]) -> Iterator[str]:
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except PdfiumError:
            unread.append(number)
            yield ""
            continue
        text = _text(page)
        if _is_picture(page, text):
            pictures.append(number)
        page.close()
        yield text


def _text(page: PdfPage) -> str:
    layer = page.get_textpage()
    text: str = layer.get_text_range(errors="replace")
    layer.close()
    return text.replace("\r\n", "\n").translate(LINE_HYPHENS)


def _is_picture(page: PdfPage, text: str) -> bool:
    if len(LETTER.findall(text[:1000])) >= FEWEST_LETTERS:
        return False
    return any(True for _ in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _notes(pictures: list[int], unread: list[int], *, ends: bool) -> str:
    listed = {"pages-without-text": pictures, "pages-unreadable": unread}
    notes = [f"{note}:{_numbers(numbers)}" for note, numbers in listed.items() if numbers]
    return " ".join([*notes, *([] if ends else ["file-ends-early"])])


def _numbers(numbers: list[int]) -> str:
    shown = ",".join(map(str, numbers[:LISTED]))
    return shown if len(numbers) <= LISTED else f"{shown},…"


def _judged(answer: Answer, note: str, *, ends: bool) -> Answer:
    """Call a scan a scan, and letters that no table explains no text."""
    wanted = len(answer.pages) * FEWEST_LETTERS
    letters = len(LETTER.findall(answer.text))
    if not letters or ("pages-without-text" in note and letters < wanted):
        is_whole = ends and "pages-unreadable" not in note
        return Answer("scanned" if is_whole else "broken", note=note or "no-text-layer")
    if len(MEANINGLESS.findall(answer.text)) > MOST_MEANINGLESS * letters:
        return Answer("broken", note="characters-without-meaning")
    return Answer("text", answer.text, answer.pages, note)


if __name__ == "__main__":
    confined(read)

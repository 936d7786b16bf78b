"""Looks into a PDF for what a document has no need of: runs in a process of its own."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any, Final

import pikepdf
from pypdfium2 import PdfDocument, PdfiumError

from banso.engines.text.reading.confinement import Allowed, Answer, confined

if TYPE_CHECKING:
    from collections.abc import Iterator

LETTER: Final = re.compile(r"[^\W_]")
FEWEST_LETTERS: Final = 8
MOST_OBJECTS: Final = 200_000
DEEPEST: Final = 20
# An action that acts outside the document, or runs.
_RUNS: Final = {
    "/JavaScript": "javascript",
    "/Launch": "launches-a-program",
    "/SubmitForm": "sends-itself-away",
    "/ImportData": "takes-data-in",
    "/GoToR": "leads-to-another-file",
    "/GoToE": "leads-to-another-file",
    "/Rendition": "plays-media",
    "/Movie": "plays-media",
    "/Sound": "plays-media",
    "/RichMediaExecute": "plays-media",
}
_ANNOTATIONS: Final = {
    "/FileAttachment": "embedded-files",
    "/RichMedia": "plays-media",
    "/Movie": "plays-media",
    "/Sound": "plays-media",
    "/Screen": "plays-media",
    "/3D": "plays-media",
}


def read(content: bytes, allowed: Allowed, _kind: str) -> Answer:
    """Say what stands against a PDF, as codes, with its pages."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            faults = ["encrypted"] if document.is_encrypted else sorted(set(_active(document)))
            pages = 0 if document.is_encrypted else len(document.pages)
    except pikepdf.PasswordError:
        return _told(["encrypted"])
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, OverflowError):
        return _told(["broken"])
    if pages > allowed.pages:
        return _told([*faults, "too-many-pages"], pages=pages)
    if faults != ["encrypted"]:
        further = _text_faults(content, pages) if pages else ["no-pages"]
        faults = sorted({*faults, *further})
    return _told(faults, pages=pages)


def _told(faults: list[str], *, pages: int = 0) -> Answer:
    return Answer("text", json.dumps({"faults": faults, "pages": pages}))


def _active(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if "/OpenAction" in root and isinstance(root.OpenAction, pikepdf.Dictionary):
        yield from _of_action(root.OpenAction, at_opening=True)
    if "/AA" in root:
        yield "acts-by-itself"
    form = root.get("/AcroForm")
    if form is not None and "/XFA" in form:
        yield "xfa-form"
    if document.attachments:
        yield "embedded-files"
    if "/Collection" in root:
        yield "embedded-files"
    for number, one in enumerate(document.objects):
        if number > MOST_OBJECTS:
            yield "too-many-objects"
            return
        yield from _of_object(one)


def _of_object(one: Any) -> Iterator[str]:  # noqa: ANN401 - whatever the file holds
    if isinstance(one, pikepdf.Array):
        for item in one:
            if isinstance(item, pikepdf.Dictionary) and not item.is_indirect:
                yield from _of_object(item)
        return
    if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        return
    if str(one.get("/Type", "")) == "/Filespec" and "/EF" in one:
        yield "embedded-files"
    if str(one.get("/Type", "")) == "/EmbeddedFile":
        yield "embedded-files"
    subtype = str(one.get("/Subtype", ""))
    if subtype in _ANNOTATIONS and "/Rect" in one:
        yield _ANNOTATIONS[subtype]
    yield from _of_action(one, at_opening=False)
    events = one.get("/AA")
    inner = [one.get("/A"), *(events.values() if isinstance(events, pikepdf.Dictionary) else ())]
    for action in inner:
        if isinstance(action, pikepdf.Dictionary):
            yield from _of_action(action, at_opening=False)


def _of_action(
    action: Any,  # noqa: ANN401 - as above
    *,
    at_opening: bool,
    depth: int = 0,
) -> Iterator[str]:
    kind = str(action.get("/S", ""))
    if kind in _RUNS:
        yield _RUNS[kind]
    elif at_opening and kind not in {"", "/GoTo"}:
        yield "acts-by-itself"
    if "/JS" in action and "/S" in action:
        yield "javascript"
    follows = action.get("/Next")
    if isinstance(follows, pikepdf.Dictionary) and depth < DEEPEST:
        yield from _of_action(follows, at_opening=at_opening, depth=depth + 1)


def _text_faults(content: bytes, pages: int) -> Iterator[str]:
    """Tell a document without one readable letter, and one that a second reader cannot open."""
    try:
        document = PdfDocument(content)
    except PdfiumError:
        yield "broken"
        return
    if len(document) != pages:
        yield "readers-disagree"
    letters = 0
    for page in document:
        layer = page.get_textpage()
        letters += len(LETTER.findall(layer.get_text_range(errors="replace")))
        layer.close()
        page.close()
        if letters >= FEWEST_LETTERS:
            return
    yield "no-text"


if __name__ == "__main__":
    confined(read)

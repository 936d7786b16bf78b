"""Hostile and honest files with what each is told; one table."""

import io

import pytest
from pikepdf import Array, Dictionary, Name, String
from tests.engines.files import documents as made
from tests.engines.files.documents import SOUND

from banso.engines.files.inspecting import LIMITS, Inspected, inspect_pdf

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(60)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(60)
GIF = b"GIF89a" + bytes(60)
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(60)
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(60)
TAR = b"a.pdf" + bytes(252) + b"ustar\x0000" + bytes(300)
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
END = b"\n%%EOF\n"
HOSTILE_NAMES = [
    "plan.pdf.exe",
    "plan.exe",
    "plan",
    "plan.html",
    "plan.p\u202efdp",
    "plan.pdf.zip",
]

# Name, bytes, what is told, and how many pages were seen.
TABLE = {
    # Sound documents, as tools write them.
    "sound": (SOUND, (), 1),
    "sound-compressed": (made.compressed, (), 1),
    "sound-linearized": (lambda: made.written(made.opened(), linearize=True), (), 1),
    "byte-order-mark": (b"\xef\xbb\xbf" + SOUND, (), 1),
    "blank-lines-before": (b"\r\n\r\n" + SOUND, (), 1),
    "zeros-before": (bytes(16) + SOUND, (), 1),
    "blanks-behind": (SOUND + b"\r\n" * 40, (), 1),
    "zeros-behind": (SOUND + bytes(4096), (), 1),
    "link-to-a-page": (lambda: made.with_annotation(Subtype=Name.Link, Dest=String("x")), (), 1),
    "link-to-the-web": (
        lambda: made.with_annotation(
            Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://example.jp/"))
        ),
        (),
        1,
    ),
    "opens-at-a-page": (lambda: made.with_root(OpenAction=Array([0, Name.Fit])), (), 1),
    "opens-by-goto": (
        lambda: made.with_action(Dictionary(S=Name.GoTo, D=String("x"))),
        (),
        1,
    ),
    "as-many-pages-as-allowed": (lambda: made.many_pages(300), (), 300),
    "two-pages-one-blank": (lambda: made.many_pages(2), (), 2),
    # Not a PDF.
    "empty": (b"", ("empty",), 0),
    "thirteen-bytes": (b"%PDF-1.7%%EOF", ("broken",), 0),
    "text": (b"just words", ("unknown",), 0),
    "html": (b"<!DOCTYPE html><html><body>hello</body></html>", ("web-page",), 0),
    "html-that-names-a-pdf": (b"<html>%PDF-1.7\n%%EOF</html>", ("web-page",), 0),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', ("web-page",), 0),
    "xml": (b'<?xml version="1.0"?><a/>', ("web-page",), 0),
    "png": (PNG, ("image",), 0),
    "png-with-a-pdf-inside": (PNG + SOUND, ("image",), 0),
    "jpeg": (JPEG, ("image",), 0),
    "gif": (GIF, ("image",), 0),
    "film": (MP4, ("media",), 0),
    "sound-file": (WAV, ("media",), 0),
    "program-of-windows": (b"MZ\x90\x00" + bytes(100), ("program",), 0),
    "program-of-linux": (b"\x7fELF\x02\x01\x01" + bytes(100), ("program",), 0),
    "shell-script": (b"#!/bin/sh\nrm -rf /\n", ("program",), 0),
    "program-before-a-pdf": (b"MZ\x90\x00" + bytes(60) + SOUND, ("program",), 0),
    "zip": (made.zipped, ("archive",), 0),
    "docx": (made.docx, ("office",), 0),
    "old-word": (OLD_OFFICE, ("office",), 0),
    "gzip": (b"\x1f\x8b\x08" + bytes(60), ("archive",), 0),
    "rar": (b"Rar!\x1a\x07\x01\x00" + bytes(60), ("archive",), 0),
    "seven-zip": (b"7z\xbc\xaf\x27\x1c" + bytes(60), ("archive",), 0),
    "xz": (b"\xfd7zXZ\x00" + bytes(60), ("archive",), 0),
    "bzip": (b"BZh91AY&SY" + bytes(60), ("archive",), 0),
    "tar": (TAR, ("archive",), 0),
    "cabinet": (b"MSCF" + bytes(60), ("archive",), 0),
    "letters-before": (b"From: someone\n" + SOUND, ("something-before",), 0),
    "mark-too-late": (b" " * 2000 + SOUND, ("unknown",), 0),
    # Half, hurt, or two things at once.
    "first-half": (SOUND[: len(SOUND) // 2], ("cut-off",), 0),
    "without-its-end": (SOUND.rpartition(b"%%EOF")[0], ("cut-off",), 0),
    "only-marks": (b"%PDF-1.7\n" + b"x" * 500 + END, ("broken",), 0),
    "zip-behind": (lambda: SOUND + made.zipped(), ("archive-behind",), 0),
    "rar-behind": (SOUND + b"Rar!\x1a\x07\x01\x00" + bytes(50), ("archive-behind",), 0),
    "much-behind": (SOUND + b"A" * 5000, ("something-behind",), 0),
    "web-page-behind": (SOUND + b"<script>alert(1)</script>", ("program-inside",), 0),
    "page-tree-in-a-circle": (made.page_bomb, ("broken",), 0),
    # What no document needs.
    "script-at-opening": (lambda: made.with_action(made.script()), ("javascript",), 1),
    "script-by-name": (made.with_names_script, ("javascript",), 1),
    "script-in-a-field": (made.with_field_script, ("javascript",), 1),
    "script-at-a-page": (made.with_page_script, ("javascript",), 1),
    "script-behind-a-link": (made.with_next_script, ("javascript",), 1),
    "script-in-a-compressed-stream": (made.hidden_script, ("javascript",), 1),
    "launches": (
        lambda: made.with_action(Dictionary(S=Name.Launch, F=String("calc.exe"))),
        ("launches-a-program",),
        1,
    ),
    "launches-by-a-link": (
        lambda: made.with_annotation(
            Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("calc.exe"))
        ),
        ("launches-a-program",),
        1,
    ),
    "sends-itself": (
        lambda: made.with_action(Dictionary(S=Name.SubmitForm, F=String("https://x/"))),
        ("sends-itself-away",),
        1,
    ),
    "opens-an-address": (
        lambda: made.with_action(Dictionary(S=Name.URI, URI=String("https://x/"))),
        ("acts-by-itself",),
        1,
    ),
    "acts-when-closed": (
        lambda: made.with_root(AA=Dictionary(WC=Dictionary(S=Name.Named, N=Name.Print))),
        ("acts-by-itself",),
        1,
    ),
    "other-file": (
        lambda: made.with_annotation(
            Subtype=Name.Link, A=Dictionary(S=Name.GoToR, F=String("\\\\host\\share"))
        ),
        ("leads-to-another-file",),
        1,
    ),
    "attachment": (made.with_attachment, ("embedded-files",), 1),
    "attachment-that-is-a-pdf": (
        lambda: made.with_attachment("a.pdf", SOUND),
        ("embedded-files",),
        1,
    ),
    "portfolio": (lambda: made.with_root(Collection=Dictionary()), ("embedded-files",), 1),
    "film-inside": (
        lambda: made.with_annotation(Subtype=Name.RichMedia),
        ("plays-media",),
        1,
    ),
    "form-of-xfa": (made.with_xfa, ("xfa-form",), 1),
    # What cannot be read.
    "password-to-open": (lambda: made.encrypted(user="u"), ("encrypted",), 0),
    "password-to-change": (made.encrypted, ("encrypted",), 0),
    "no-pages": (made.without_pages, ("no-pages",), 0),
    "blank": (made.blank, ("no-text",), 1),
    "scan": (made.scan, ("no-text",), 1),
    "too-many-pages": (lambda: made.many_pages(301), ("too-many-pages",), 301),
    "five-hundred-blank-pages": (lambda: made.blank(500), ("too-many-pages",), 500),
    # What scanners know.
    "eicar": (EICAR, ("malware",), 0),
    "eicar-in-a-pdf": (SOUND.replace(b"%%EOF", b"%" + EICAR + b"\n%%EOF"), ("malware",), 0),
    "page-of-the-web-in-a-pdf": (
        SOUND.replace(b"%%EOF", b"%<script>\n%%EOF"),
        ("program-inside",),
        0,
    ),
    "program-in-a-pdf": (
        SOUND.replace(b"%%EOF", b"%This program cannot be run in DOS mode\n%%EOF"),
        ("program-inside",),
        0,
    ),
}


def content_of(made_by):
    return made_by() if callable(made_by) else made_by


def test_the_corpus_has_sixty_files():
    assert len(TABLE) >= 60


@pytest.mark.parametrize("name", TABLE)
def test_each_file_is_told_what_is_wrong_with_it(name):
    made_by, faults, pages = TABLE[name]

    found = inspect_pdf(io.BytesIO(content_of(made_by)), "plan.pdf")

    assert found == Inspected(faults=faults, pages=pages)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_that_says_something_else_is_told(name):
    assert inspect_pdf(io.BytesIO(SOUND), name) == Inspected(faults=("named-otherwise",))


@pytest.mark.parametrize("name", ["計画書.PDF", "が.pdf", "a b.pdf", "plan.pdf."])
def test_names_that_people_give_are_taken(name):
    assert inspect_pdf(io.BytesIO(SOUND), name).is_sound


def test_a_document_that_unpacks_without_end_is_given_up():
    found = inspect_pdf(io.BytesIO(made.stream_bomb()), "plan.pdf")

    assert found.faults in {("takes-too-much",), ("takes-too-long",), ("broken",), ("no-text",)}


def test_one_of_more_than_is_taken_is_not_opened():
    tight = LIMITS.__class__(file_bytes=100)

    assert inspect_pdf(io.BytesIO(SOUND), "plan.pdf", limits=tight).faults == ("too-large",)


def test_a_file_is_read_from_its_beginning_afterwards():
    file = io.BytesIO(SOUND)
    inspect_pdf(file, "plan.pdf")

    assert file.read() == SOUND

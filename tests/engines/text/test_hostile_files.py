import io
import os
import socket
import subprocess
import sys
from pathlib import Path

import pikepdf
import psutil
import pytest
from pikepdf import Encryption, ObjectStreamMode
from tests.engines.text.files import docx_of, pdf_of, saved, scan_of, with_part

from banso.engines.text import extraction
from banso.engines.text.extraction import Extracted, Limits, extract

LONG = r"\documentclass{a}\begin{document}" + r"We \emph{show} $x^2$. " * 50_000

UNKNOWN_DOCX = Extracted("unknown-kind", "", note="kind-not-read named-as-another-kind")
DEEP = r"\documentclass{a}\begin{document}" + "{" * 100_000 + "x" + "}" * 100_000


def test_an_encrypted_pdf_says_so(write):
    pdf = pdf_of(["Not to be read"], encryption=Encryption(owner="o", user="u"))

    assert extract(write("a.pdf", pdf)) == Extracted("encrypted", "pdf", note="password-needed")


def test_an_encrypted_docx_says_so(write):
    container = (
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )

    assert extract(write("a.docx", container)) == Extracted(
        "encrypted", "docx", note="password-needed"
    )


def test_an_old_word_file_is_not_read(write):
    container = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "WordDocument".encode("utf-16-le")

    assert extract(write("a.doc", container)) == Extracted(
        "unknown-kind", "", note="kind-not-read"
    )


def test_a_scan_says_that_it_has_no_text(write):
    found = extract(write("a.pdf", scan_of()))

    assert found == Extracted("scanned", "pdf", note="pages-without-text:1")


def test_a_scanned_page_among_others_is_named(write):
    found = extract(write("a.pdf", scan_of(with_text_page=True)))

    assert (found.status, found.text, found.note) == (
        "text",
        "\nA page of plain text",
        "pages-without-text:1",
    )


def test_a_pdf_without_its_end_is_broken_or_says_what_is_missing(write):
    pdf = pdf_of(
        ["The first page", "The second page"], object_stream_mode=ObjectStreamMode.disable
    )

    headless = extract(write("a.pdf", pdf[: len(pdf) // 4]))
    endless = extract(write("b.pdf", pdf[: pdf.rindex(b"xref")][: -len("0")]))

    assert headless == Extracted("broken", "pdf", note="not-readable")
    assert (endless.status, endless.note) == ("text", "file-ends-early")


def test_a_pdf_in_name_of_nothing_is_broken(write):
    found = extract(write("a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40))

    assert found == Extracted("broken", "pdf", note="not-readable")


def test_a_cut_docx_is_broken(write):
    assert extract(write("a.docx", docx_of("text")[:3000])) == Extracted(
        "broken", "docx", note="not-readable"
    )


def test_a_docx_without_a_needed_part_is_broken(write):
    content = with_part(docx_of("text"), "[Content_Types].xml", lambda _: b"<Types/>")

    assert extract(write("a.docx", content)) == Extracted("broken", "docx", note="reader-stopped")


def test_an_archive_in_the_name_of_a_docx_is_unknown(write):
    archive = b"PK\x05\x06" + bytes(18)
    other = with_part(docx_of("text"), "a.txt", lambda _: b"a").replace(
        b"word/document.xml", b"xord/document.xml"
    )

    assert extract(write("a.docx", other)) == UNKNOWN_DOCX
    assert extract(write("b.docx", archive)) == Extracted(
        "unknown-kind", "", note="not-text named-as-another-kind"
    )


def test_latex_nested_too_deep_is_broken(write):
    assert extract(write("a.tex", DEEP)) == Extracted("broken", "latex", note="nested-too-deep")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(bytes(range(256)) * 100, id="every-byte"),
        pytest.param(b"\x7fELF" + bytes(1000), id="program"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(1, 255)) * 50, id="picture"),
        pytest.param(b"text with one \x00 in it", id="one-null"),
    ],
)
def test_a_binary_file_named_as_text_is_unknown(write, content):
    found = extract(write("a.txt", content))

    assert found == Extracted("unknown-kind", "", note="not-text named-as-another-kind")


@pytest.mark.parametrize("content", [b"{\\rtf1 text}", b"<html>text</html>", b"%!PS text"])
def test_marked_up_text_is_not_passed_off_as_words(write, content):
    assert extract(write("a.xyz", content)) == Extracted("unknown-kind", "", note="kind-not-read")


def test_a_pdf_named_as_text_is_read_as_what_it_is(write):
    found = extract(write("a.txt", pdf_of(["A page of text"])))

    assert (found.status, found.kind, found.text, found.note) == (
        "text",
        "pdf",
        "A page of text",
        "named-as-another-kind",
    )


def test_an_empty_file_says_so(write):
    assert extract(write("a.pdf", b"")) == Extracted("broken", "", note="empty")


def test_a_named_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")

    assert extract(tmp_path / "a.txt") == Extracted("unknown-kind", "", note="not-a-file")


def test_nothing_is_left_behind(write):
    path = write("a.tex", LONG)
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    children = set(psutil.Process().children())

    extract(path, limits=Limits(seconds=0.02))

    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors
    assert list(path.parent.iterdir()) == [path]
    assert set(psutil.Process().children()) <= children


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\xff",
        b"[]",
        b"7",
        b'{"status": "text"}',
        b'{"status": "fine", "text": "", "pages": [], "note": ""}',
        b'{"status": "text", "text": 7, "pages": [], "note": ""}',
        b'{"status": "text", "text": "", "pages": [[1]], "note": ""}',
    ],
    ids=range(8),
)
def test_whatever_a_reader_that_was_taken_over_writes_is_no_text(write, monkeypatch, answer):
    def write_answer(_file, _kind, _limits, descriptor):
        os.write(descriptor, answer)
        return 0

    monkeypatch.setattr(extraction, "_run", write_answer)

    assert extract(write("a.pdf", pdf_of(["x"]))) == Extracted(
        "broken", "pdf", note="reader-stopped"
    )


def test_a_pdf_of_which_no_page_can_be_read_is_no_scan(write):
    document = pikepdf.open(io.BytesIO(pdf_of(["x"])))
    branch = document.pages[0].obj
    for _ in range(2000):
        branch = document.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=[branch], Count=1)
        )
    document.Root.Pages = branch

    found = extract(write("a.pdf", saved(document)))

    assert found == Extracted("broken", "pdf", note="pages-unreadable:1")


def test_what_is_no_file_is_neither_opened_nor_held_open(tmp_path):
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "socket.txt"))
    (tmp_path / "folder.txt").mkdir()
    descriptors = len(list(Path("/proc/self/fd").iterdir()))

    found = [extract(tmp_path / name) for name in ("socket.txt", "folder.txt")]

    assert found == [Extracted("unknown-kind", "", note="not-a-file")] * 2
    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors
    listening.close()


def test_latex_reads_no_other_file(write):
    write("secret.tex", "Not to be read")
    included = r"\input{secret}\include{secret.tex}\input{/etc/passwd}\subfile{secret}"

    found = extract(write("a.tex", rf"\documentclass{{a}}\begin{{document}}Text {included}"))

    assert (found.status, "Not to be read" in found.text, "root:" in found.text) == (
        "text",
        False,
        False,
    )


def test_a_reader_ends_with_the_process_that_asked(write):
    asking = "import sys, pathlib; from banso.engines.text.extraction import extract"
    asking += "; extract(pathlib.Path(sys.argv[1]))"
    path = write("a.tex", LONG * 2)
    parent = subprocess.Popen([sys.executable, "-c", asking, str(path)])
    while not (children := psutil.Process(parent.pid).children()):
        assert parent.poll() is None
    while "latex_file" not in " ".join(children[0].cmdline()) or children[0].cpu_times().user < 1:
        assert children[0].is_running()

    parent.kill()
    parent.wait()

    _, alive = psutil.wait_procs(children, timeout=2)
    assert alive == []

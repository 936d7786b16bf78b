import io
import subprocess
import sys
from datetime import UTC, datetime
from types import SimpleNamespace

import pikepdf
import pypdfium2
import pytest
from django.utils.translation import override

from banso.papers import documents
from banso.papers.documents import Attached, Heading, NotTypeset, Paragraph, Rows, Steps, pdf
from banso.papers.glyphs import characters_of
from banso.papers.typesetting import FONT_FILES, drawable, typeset

MADE = datetime(2027, 5, 31, 3, tzinfo=UTC)
PART = Paragraph("本文です。")


def words_of(content):
    with pypdfium2.PdfDocument(content) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def opened(content):
    return pikepdf.open(io.BytesIO(content))


@pytest.mark.convention("F1")
def test_what_people_wrote_is_printed_and_never_run():
    written = '#panic("x") *star* $x$ @preview/pack:1.0.0 <label> \\ // #read("/etc/passwd")'

    words = words_of(pdf("見本", [Paragraph(written)], made_at=MADE))

    assert written in words.replace("\r\n", " ")


@pytest.mark.convention("F2")
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_document_is_tagged_named_and_in_the_readers_language(language):
    with override(language):
        content = pdf("受付票 Receipt", [PART], made_at=MADE)

    with opened(content) as document:
        assert str(document.Root.Lang) == language
        assert document.Root.MarkInfo.Marked
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "受付票 Receipt"


def test_every_font_comes_from_our_packages_and_is_inside_the_document():
    with opened(pdf("見本 Sample", [PART], made_at=MADE)) as document:
        fonts = [
            one
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]

        names = {str(one.FontName).partition("+")[2][:13] for one in fonts}
        assert names <= {"NotoSans", "NotoSans-Regu", "NotoSans-Bold", "NotoSansCJKjp"}
        assert all("/FontFile2" in one or "/FontFile3" in one for one in fonts)


@pytest.mark.convention("F3")
def test_names_of_all_the_letters_that_people_have_are_printed():
    names = "𠮷野 髙橋 﨑山 葛\U000e0100城 Šimek Čapek Łukasz Őry — – é"

    words = words_of(pdf("名前", [Paragraph(names)], made_at=MADE))

    assert "〓" not in words
    assert "Šimek Čapek Łukasz Őry" in words


@pytest.mark.convention("F4")
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ja", "〓は、ここに印字できない文字です：U+0E44, U+1F600。"),
        ("en", "〓 stands for a character that cannot be printed here: U+0E44, U+1F600."),
    ],
)
def test_a_title_with_an_emoji_still_gets_its_document(language, sentence):
    with override(language):
        words = words_of(pdf("海😀の提案", [Rows([("題", "海ไ😀")])], made_at=MADE))

    assert "海〓の提案" in words
    assert "海〓〓" in words
    assert sentence in words.replace("\r\n", "")


def test_each_part_is_printed_in_its_order():
    parts = [Heading("見出し"), Rows([("番号", "A1")]), PART, Steps(["はじめに", "つぎに"])]

    words = words_of(pdf("題", parts, made_at=MADE)).split()

    assert words == [
        "題",
        "見出し",
        "番号",
        "A1",
        "本文です。",
        "1.",
        "はじめに",
        "2.",
        "つぎに",
        "1",
        "/",
        "1",
    ]


def test_the_same_document_gives_the_same_bytes():
    assert pdf("題", [PART], made_at=MADE) == pdf("題", [PART], made_at=MADE)


def test_an_attached_text_lies_inside_byte_for_byte_and_keeps_the_document_tagged():
    text = "-----BEGIN-----\n{“日本”: 1}\n-----END-----\n" * 50
    attached = Attached(name="見本.txt", description="見本の文", text=text)

    content = pdf("題", [PART], made_at=MADE, attached=attached)

    assert text.encode() in content
    with opened(content) as document:
        [name] = document.attachments
        assert document.attachments[name].get_file().read_bytes() == text.encode()
        assert document.Root.MarkInfo.Marked
    assert "本文です。" in words_of(content)


def test_a_long_document_has_as_many_pages_as_it_needs():
    content = pdf("題", [Paragraph("長い文です。" * 2000)], made_at=MADE)

    with pypdfium2.PdfDocument(content) as document:
        assert len(document) > 3


def test_what_the_typesetter_cannot_do_is_a_fault_with_its_words(monkeypatch):
    unfit = SimpleNamespace(dumps=lambda job: '{"document": {}, "made_at": 0}')
    monkeypatch.setattr(documents, "json", unfit)

    with pytest.raises(NotTypeset, match="status 1"):
        pdf("題", [PART], made_at=MADE)


def test_the_typesetter_gets_no_secret_of_ours(monkeypatch):
    monkeypatch.setenv("BANSO_SECRET_KEY", "canary")
    given = {}
    run = subprocess.run
    monkeypatch.setattr(
        subprocess, "run", lambda words, **how: given.update(how) or run(words, **how)
    )

    pdf("題", [PART], made_at=MADE)

    assert given["env"] == {"LANG": "C.UTF-8"}


def test_the_typesetter_stays_out_of_the_server():
    loaded = "import banso.papers.documents, sys; print({'typst', 'pikepdf'} & set(sys.modules))"

    said = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True)

    assert said.stdout == b"set()\n"


@pytest.mark.parametrize("character", ["海", "𠮷", "A", "š"])
def test_a_font_of_ours_draws(character):
    assert ord(character) in drawable()


def test_the_process_of_its_own_gives_what_the_typesetter_gives():
    part = {"kind": "paragraph", "text": "海😀", "level": 2}
    document = {"title": "題", "language": "ja", "parts": [part], "unknown_characters": "{codes}"}
    attached = {"name": "a.txt", "description": "b", "text": "c"}

    plain = typeset({"document": document, "made_at": 0})
    carrying = typeset({"document": document, "made_at": 0, "attached": attached})

    for content in (plain, carrying):
        assert words_of(content).split() == ["題", "海〓", "U+1F600", "1", "/", "1"]
    with opened(carrying) as pages:
        assert list(pages.attachments) == ["a.txt"]


def test_a_file_that_is_no_font_of_characters_is_refused(tmp_path):
    file = tmp_path / "empty.ttf"
    file.write_bytes(bytes(12))

    with pytest.raises(ValueError, match="no table"):
        characters_of(file)


def test_what_a_font_can_draw_is_read_from_the_font():
    latin, japanese, bold = (characters_of(file) for file in FONT_FILES)

    assert ord("š") in latin
    assert ord("海") not in latin
    assert ord("海") in japanese
    assert japanese == bold

import io
import struct

import pikepdf
import pytest
from tests.engines.text.files import docx_of, pdf_of, saved, with_part

from banso.engines.text.extraction import Extracted, Limits, extract

LONG = r"\documentclass{a}\begin{document}" + r"We \emph{show} $x^2$. " * 50_000

ENTITIES = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">'
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMB = f'<!DOCTYPE bomb [<!ENTITY a "boom">{ENTITIES}]>'


def test_a_zip_bomb_is_not_unpacked(write):
    bomb = with_part(docx_of("text"), "word/media/image.bin", lambda _: bytes(20_000_000))

    assert extract(write("a.docx", bomb), limits=Limits(expanded_bytes=10_000_000)) == Extracted(
        "too-large", "docx", note="expands-too-far"
    )


def test_more_elements_than_memory_holds_are_not_parsed(write):
    bomb = with_part(
        docx_of("text"),
        "word/document.xml",
        lambda part: part.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 6_000_000),
    )

    assert extract(write("a.docx", bomb)) == Extracted("too-large", "docx", note="expands-too-far")


def test_an_entry_that_claims_two_gigabytes_is_not_unpacked(write):
    content = bytearray(docx_of("text"))
    entry = content.rindex(b"word/document.xml") - 46
    struct.pack_into("<I", content, entry + 24, 2_000_000_000)

    found = extract(write("a.docx", bytes(content)))

    assert found == Extracted("too-large", "docx", note="expands-too-far")


def test_an_entry_that_claims_less_than_it_holds_is_broken(write):
    content = bytearray(docx_of("text" * 1000))
    entry = content.rindex(b"word/document.xml") - 46
    struct.pack_into("<I", content, entry + 24, 100)

    found = extract(write("a.docx", bytes(content)))

    assert found == Extracted("broken", "docx", note="not-readable")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_not_parsed(write, encoding):
    bomb = with_part(
        docx_of("印"),
        "word/document.xml",
        lambda part: (
            part.decode()
            .replace("印", "&i;")
            .replace("?>", f"?>{BOMB}", 1)
            .replace("UTF-8", encoding.upper())
            .encode(encoding)
        ),
    )

    assert extract(write("a.docx", bomb)) == Extracted("broken", "docx", note="holds-entities")


def test_an_entity_bomb_beside_the_text_is_not_parsed(write):
    bomb = with_part(
        docx_of("text"),
        "word/styles.xml",
        lambda part: part.replace(b"?>", b"?>" + BOMB.encode(), 1),
    )

    assert extract(write("a.docx", bomb)) == Extracted("broken", "docx", note="holds-entities")


def test_two_thousand_pages_are_read_or_refused_by_the_limit(write):
    path = write("a.pdf", pdf_of([f"Page number {number}" for number in range(1, 2001)]))

    found = extract(path)
    refused = extract(path, limits=Limits(pages=1999))

    assert (found.status, len(found.pages)) == ("text", 2000)
    assert found.text[found.pages[1999].start : found.pages[1999].end] == "Page number 2000"
    assert refused == Extracted("too-large", "pdf", note="page-limit")


@pytest.mark.parametrize(
    ("limits", "note"),
    [
        pytest.param(Limits(seconds=0.02), "time-limit", id="time"),
        pytest.param(Limits(cpu_seconds=1), "time-limit", id="processor"),
        pytest.param(Limits(memory_bytes=64_000_000), "memory-limit", id="memory"),
        pytest.param(Limits(characters=100_000), "character-limit", id="characters"),
    ],
)
def test_what_costs_too_much_says_which_limit_it_met(write, limits, note):
    found = extract(write("a.tex", LONG), limits=limits)

    assert found == Extracted("too-large", "latex", note=note)


def test_a_large_file_is_refused_before_it_is_opened_by_a_reader(write):
    found = extract(write("a.txt", b"a" * 1001), limits=Limits(file_bytes=1000))

    assert found == Extracted("too-large", "", note="file-limit")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-32"])
def test_entities_behind_a_long_comment_are_not_left_out_in_silence(write, encoding):
    hidden = f"?><!--{'c' * 5000}--><!DOCTYPE a [<!ENTITY s SYSTEM 'file:///etc/passwd'>]>"
    content = with_part(
        docx_of("印"),
        "word/document.xml",
        lambda part: (
            part.decode()
            .replace("印", "&s;")
            .replace("?>", hidden, 1)
            .replace("UTF-8", encoding.upper())
            .encode(encoding)
        ),
    )

    assert extract(write("a.docx", content)) == Extracted("broken", "docx", note="holds-entities")


def test_a_page_that_expands_beyond_the_memory_is_too_large(write):
    document = pikepdf.open(io.BytesIO(pdf_of(["x"])))
    shown = b"BT /F 12 Tf 20 50 Td " + b"(aaaaaaaaaaaaaaaa) Tj " * 2_000_000 + b"ET"
    document.pages[0].Contents = document.make_stream(shown)

    found = extract(write("a.pdf", saved(document)))

    assert found == Extracted("too-large", "pdf", note="memory-limit")

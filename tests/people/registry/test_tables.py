"""An uploaded file is read exactly, or refused with a sentence; nothing in between (W2)."""

import io
import zipfile

import pytest
from django.utils.translation import override
from tests.people.registry.tables import HEAD, book_of, csv_of, row

from banso.people.forms.registry.importing import headings_of, template_of
from banso.people.messages import TABLES
from banso.people.records.tables import MOST_BYTES, MOST_ROWS, Unreadable, read_table

HEADINGS = headings_of("persons")
NAMES = ("①髙橋", "﨑山", "山〜川～", "渡邊")


def families(content):
    return [one.cells["family_name"] for one in read_table(content, HEADINGS).rows]


@pytest.mark.assurance("A-65")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_each_encoding_is_read_exactly(encoding):
    names = [name for name in NAMES if encoding != "cp932" or "〜" not in name]

    found = families(csv_of(*(row(name) for name in names), encoding=encoding))

    assert found == names
    assert "\ufffd" not in "".join(found)


@pytest.mark.assurance("A-65")
@pytest.mark.parametrize(
    ("content", "reason", "said"),
    [
        pytest.param(
            csv_of(row("見本")) + b"\xff\xfe\xff\r\n",
            "wrong-encoding",
            "3行目",
            id="broken-utf-8",
        ),
        pytest.param(
            csv_of(row("高橋"), encoding="euc_jp"), "two-encodings", "EUC-JP", id="euc-jp"
        ),
        pytest.param(b"", "empty", "空", id="empty"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-excel", ".xlsx", id="xls"),
        pytest.param(b"PK\x03\x04 broken", "broken-book", "壊れ", id="broken-zip"),
        pytest.param(b'family_name\r\n"open', "broken-line", "2行目", id="open-quotation"),
        pytest.param(b"family_name\r\na\0b\r\n", "binary", "CSV", id="nul"),
        pytest.param(csv_of(), "no-rows", "行がありません", id="no-rows"),
        pytest.param(
            "氏,名前\r\n高橋,一郎\r\n".encode(), "unknown-heading", "氏", id="unknown-heading"
        ),
        pytest.param(b"unit,unit\r\na,b\r\n", "heading-twice", "unit", id="heading-twice"),
        pytest.param(
            b"family_name\r\na,b\r\n", "cells-without-heading", "2行目", id="cells-without-heading"
        ),
        pytest.param(b"x" * (MOST_BYTES + 1), "too-large", "10", id="too-large"),
        pytest.param(
            b"family_name\r\n" + b"a\r\n" * (MOST_ROWS + 1),
            "too-many-rows",
            "20,000",
            id="too-many-rows",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content, reason, said):
    with pytest.raises(Unreadable) as refused:
        read_table(content, HEADINGS)

    with override("ja"):
        sentence = str(TABLES[refused.value.reason]) % {
            name: f"{fact:,}" if isinstance(fact, int) and fact > 999 else fact
            for name, fact in refused.value.facts.items()
        }
    assert (refused.value.reason, said in sentence) == (reason, True), sentence


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(
            lambda book, sheet: sheet.write_formula(1, 1, "=1+1"), "formulas", id="formula"
        ),
        pytest.param(
            lambda book, sheet: sheet.merge_range(3, 0, 3, 1, "x"), "merged-cells", id="merged"
        ),
        pytest.param(
            lambda book, sheet: book.add_worksheet("裏").hide(), "hidden-sheet", id="hidden"
        ),
        pytest.param(lambda book, sheet: book.add_worksheet("二"), "several-sheets", id="several"),
        pytest.param(
            lambda book, sheet: sheet.write(0, 70, "unit"), "too-many-columns", id="wide"
        ),
        pytest.param(
            lambda book, sheet: sheet.write(100_001, 0, "x"), "too-many-rows", id="100,000-rows"
        ),
    ],
)
def test_a_book_that_hides_or_computes_is_refused(change, reason):
    with pytest.raises(Unreadable) as refused:
        read_table(book_of(row("見本"), change=change), HEADINGS)

    assert refused.value.reason == reason


def test_a_book_with_macros_or_that_unpacks_to_very_much_is_refused():
    content = io.BytesIO(book_of(row("見本")))
    with zipfile.ZipFile(content, "a") as book:
        book.writestr("xl/vbaProject.bin", b"x")
    bomb = io.BytesIO(book_of(row("見本")))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/zeros.bin", bytes(160_000_000))

    for whole, reason in ((content, "macros"), (bomb, "too-large-inside")):
        with pytest.raises(Unreadable) as refused:
            read_table(whole.getvalue(), HEADINGS)
        assert refused.value.reason == reason


def test_a_zip_that_is_no_book_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.txt", "x")

    with pytest.raises(Unreadable, match="no-book"):
        read_table(content.getvalue(), HEADINGS)


def test_a_book_gives_text_numbers_and_days_as_they_are_written():
    content = book_of(("", "髙橋", "一郎", "", 12345678, "", "", "", "2027/4/1"))

    [found] = read_table(content, HEADINGS).rows
    assert (found.number, found.cells["erad_number"], found.cells["from_on"]) == (
        2,
        "12345678",
        "2027/4/1",
    )


def test_headings_are_taken_in_either_language_and_in_any_order():
    table = read_table("名,姓\r\n一郎,髙橋\r\n".encode(), HEADINGS)

    assert [dict(one.cells) for one in table.rows] == [
        {"given_name": "一郎", "family_name": "髙橋"}
    ]


def test_the_template_is_what_an_upload_takes():
    content = template_of("persons").encode() + ("," * (len(HEAD))).encode() + b"\r\n"

    with pytest.raises(Unreadable, match="no-rows"):
        read_table(content, HEADINGS)


@pytest.mark.parametrize("reason", sorted(TABLES))
def test_each_reason_is_said_in_both_languages(reason):
    with override("en"):
        english = str(TABLES[reason])
    with override("ja"):
        japanese = str(TABLES[reason])

    assert english.endswith(".")
    assert japanese.endswith("。")

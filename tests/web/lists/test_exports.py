"""Files that people take away open in a spreadsheet as they are, and run nothing."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from operator import itemgetter
from uuid import UUID

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from banso.web.lists.columns import Column
from banso.web.lists.files import defused, file_of_list

COLUMNS = [
    Column("title", gettext_lazy("Title"), lambda row: row[0]),
    Column("budget_yen", gettext_lazy("Budget"), lambda row: row[1]),
]


def cells_of(*values):
    columns = [Column("value", "Value", lambda row: row)]
    text = file_of_list("csv", "values", columns, values).content.decode("utf-8-sig")
    return [row[0] if row else "" for row in csv.reader(io.StringIO(text, newline=""))][1:]


@pytest.mark.convention("M2")
@pytest.mark.convention("M5")
def test_a_csv_is_utf8_with_bom_and_crlf_and_physical_names():
    response = file_of_list("csv", "concepts", COLUMNS, [("海洋, 観測", 8), ("𠮷", None)])

    assert response.content == '\ufefftitle,budget_yen\r\n"海洋, 観測",8\r\n𠮷,\r\n'.encode()
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == 'attachment; filename="concepts.csv"'


@pytest.mark.convention("M7")
def test_a_record_stays_on_one_line():
    assert cells_of("one\r\ntwo\n\n three", "four\u2028five") == ["one two three", "four five"]


@pytest.mark.convention("W10")
@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "＋1", "－1", "＠1", "−1", "  =1", "\n=1"],
)
def test_text_that_a_spreadsheet_would_run_is_defused(text):
    [cell] = cells_of(text)

    assert cell.startswith("'")


@pytest.mark.convention("W10")
@pytest.mark.parametrize(
    ("number", "cell"),
    [
        pytest.param(-12.5, "-12.5", id="negative"),
        pytest.param(0, "0", id="zero-is-not-empty"),
        pytest.param(None, "", id="empty"),
        pytest.param(Decimal(-3), "-3", id="whole-decimal"),
        pytest.param(Decimal("0.5"), "0.5", id="decimal"),
        pytest.param(True, "true", id="yes"),
        pytest.param(False, "false", id="no"),
    ],
)
def test_numbers_stay_numbers(number, cell):
    assert cells_of(number) == [cell]


@pytest.mark.convention("J1")
def test_dates_are_iso_and_instants_are_in_japans_time():
    values = (date(2026, 4, 1), datetime(2026, 4, 1, 3, 0, tzinfo=UTC), UUID(int=1))

    assert cells_of(*values) == [
        "2026-04-01",
        "2026-04-01T12:00:00+09:00",
        "00000000-0000-0000-0000-000000000001",
    ]


@given(text=st.text())
def test_no_text_becomes_a_formula_or_a_second_line(text):
    [cell] = cells_of(text)

    assert cell.lstrip()[:1] not in tuple("=+-@＝＋－＠−")
    assert not {"\r", "\n"} & set(cell)


@given(text=st.from_regex(r"[a-z0-9 ]+", fullmatch=True))
def test_plain_text_is_left_alone(text):
    assert defused(text) == text


@pytest.mark.convention("M6")
def test_several_values_in_one_cell_are_a_fault_of_ours():
    with pytest.raises(TypeError, match="one plain value"):
        file_of_list("csv", "x", COLUMNS, [(["JST", "NEDO"], 1)])


@pytest.mark.convention("M5")
@pytest.mark.parametrize("name", ["題名", "Title", "two words", "1st", ""])
def test_a_column_has_a_physical_name(name):
    with pytest.raises(ValueError, match="physical name"):
        Column(name, "Title", str)


@pytest.mark.convention("I4")
def test_json_says_columns_licence_and_moment():
    as_of = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)

    response = file_of_list("json", "x", COLUMNS, [("=1\n2", -5)], as_of=as_of)

    assert json.loads(response.content) == {
        "columns": [
            {"name": "title", "label_ja": "題名", "label_en": "Title"},
            {"name": "budget_yen", "label_ja": "予算", "label_en": "Budget"},
        ],
        "rows": [{"title": "=1\n2", "budget_yen": -5}],
        "licence": "CC-BY-4.0",
        "as_of": "2026-04-01T12:00:00+09:00",
    }


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_equal_lists_are_equal_bytes(form):
    first, second = (file_of_list(form, "x", COLUMNS, [("海洋", 1)]).content for _ in range(2))

    assert first == second


def sheet_of(columns, rows, **facts):
    book = file_of_list("xlsx", "values", columns, rows, **facts).content
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()


def test_a_workbook_holds_true_dates_numbers_and_text_that_is_no_formula():
    columns = [Column(f"c{place}", f"C{place}", itemgetter(place)) for place in range(6)]
    instant = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)

    rows = sheet_of(columns, [("=1+1", -5, date(2026, 4, 1), instant, True, None)])

    assert rows == [
        ["C0", "C1", "C2", "C3", "C4", "C5"],
        ["=1+1", -5.0, date(2026, 4, 1), datetime.fromisoformat("2026-04-01 12:00"), True, ""],
    ]


def test_a_number_that_excel_would_round_is_written_as_text():
    columns = [Column("value", "Value", lambda row: row)]

    assert sheet_of(columns, [9_007_199_254_740_993]) == [["Value"], ["9007199254740993"]]


def test_a_text_longer_than_a_cell_says_that_it_was_cut():
    columns = [Column("value", "Value", lambda row: row)]

    [_heading, [cell]] = sheet_of(columns, ["海" * 40_000])

    assert (len(cell), cell[-1]) == (32_767, "…")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_long_list_is_whole_and_not_held_in_memory(form):
    columns = [Column("value", "Value", lambda row: f"{row:,} 海洋観測の自律型無人探査機")]

    response = file_of_list(form, "long", columns, range(100_000))

    with response.file_to_stream as file:
        assert len(file.read()) > 2_000_000


MOVES = "海洋\x1b[2J\u202e観測\x0c\u2028次"


def test_no_cell_moves_a_cursor_or_turns_a_line():
    columns = [Column("value", "Value", lambda row: row)]
    sheet = file_of_list("xlsx", "values", columns, [MOVES, "一\n二"]).content
    [_heading, [cell], [lines]] = (
        CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    )

    assert cells_of(MOVES) == ["海洋\ufffd[2J\ufffd観測 次"]
    assert cell == "海洋\ufffd[2J\ufffd観測\ufffd\ufffd次"
    assert lines == "一\n二"

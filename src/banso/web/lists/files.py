"""Lists that people take away: CSV, XLSX and JSON of the rows and columns that they see.

A file is written whole before it is sent, beyond 2 MB on disk: it uses constant memory and never
ends in the middle.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, Final, TypeAlias
from uuid import UUID

import xlsxwriter
from django.http import FileResponse, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import override

from banso.rulebook.writing import on_one_line, printable
from banso.web.formats import JAPAN
from banso.web.lists.columns import Bilingual, Column, Kind, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.http.response import HttpResponseBase

Cell: TypeAlias = str | int | float | bool | None
Write: TypeAlias = "Callable[[IO[bytes], Sequence[Column[Any]], Iterable[Any], date | None], None]"

LICENCE: Final = "CC-BY-4.0"
BYTE_ORDER_MARK: Final = "\ufeff"
IN_MEMORY: Final = 2_000_000
# Spreadsheets take a cell that begins with one of these for a formula.
_FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "−")
# Excel holds no more digits and no longer text, and no earlier day.
_EXACT_IN_EXCEL: Final = 10**15
_LONGEST_IN_EXCEL: Final = 32_767
_FIRST_DAY_IN_EXCEL: Final = date(1900, 3, 1)
_WRITTEN_FIRST: Final = datetime(2022, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def file_of_list(
    form: str,
    name: str,
    columns: Sequence[Column[Any]],
    rows: Iterable[Any],
    *,
    as_of: date | None = None,
) -> HttpResponseBase:
    """Answer with the rows as a file in one of `FORMATS`; equal rows are equal bytes."""
    write, content_type = FORMATS[form]
    whole = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - a long one closes with its answer
    write(whole, columns, rows, as_of)
    size = whole.tell()
    whole.seek(0)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    if size > IN_MEMORY:
        return FileResponse(whole, content_type=content_type, headers=headers)
    with whole:
        return HttpResponse(whole.read(), content_type=content_type, headers=headers)


def plain(value: object) -> Cell:
    """Bring a value to what every format can hold; several values in one cell are a fault."""
    match value:
        case datetime():
            return value.astimezone(JAPAN).isoformat()
        case date():
            return value.isoformat()
        case None | bool() | int() | float():
            return value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case str() | Promise() | UUID() | Status() | Bilingual():
            return str(value)
        case _:
            raise TypeError(f"a cell holds one plain value, not {value!r}")


def defused(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run (W10).

    >>> defused("=1+1"), defused("A=1")
    ("'=1+1", 'A=1')
    """
    if text.startswith(_FORMULA_LEADS) or text.lstrip().startswith(_FORMULA_LEADS):
        return f"'{text}"
    return text


def _write_csv(
    whole: IO[bytes], columns: Sequence[Column[Any]], rows: Iterable[Any], _as_of: date | None
) -> None:
    """Write what Excel opens as it is: UTF-8 with BOM, CRLF, no live formulas."""
    text = io.TextIOWrapper(whole, encoding="utf-8", newline="", write_through=True)
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(column.value(row)) for column in columns])
    text.detach()


def _write_json(
    whole: IO[bytes], columns: Sequence[Column[Any]], rows: Iterable[Any], as_of: date | None
) -> None:
    """Write the rows with labels, licence and as-of time beside them."""
    described = [_description(column) for column in columns]
    whole.write(f'{{\n "columns": {_json(described)},\n "rows": ['.encode())
    separator = "\n  "
    for row in rows:
        record = {column.name: plain(column.value(row)) for column in columns}
        whole.write(f"{separator}{_json(record)}".encode())
        separator = ",\n  "
    end = f'\n ],\n "licence": {_json(LICENCE)},\n "as_of": {_json(plain(as_of))}\n}}\n'
    whole.write(end.encode())


def _write_xlsx(
    whole: IO[bytes], columns: Sequence[Column[Any]], rows: Iterable[Any], as_of: date | None
) -> None:
    """Write one sheet: headings in the reader's language, true dates and numbers, no formulas."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(whole, options)
    created = as_of.astimezone(UTC).replace(tzinfo=None) if isinstance(as_of, datetime) else None
    book.set_properties({"created": created or _WRITTEN_FIRST})
    sheet, looks = book.add_worksheet(), _Looks(book)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, 40 if column.is_wide else 18)
        sheet.write_string(0, place, column.heading_in_file, looks.heading)
    line = 0
    for line, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            looks.write(sheet, line, place, column)(column.value(row))
    sheet.autofilter(0, 0, line, len(columns) - 1)
    book.close()


class _Looks:
    """How the cells of a workbook look, and the way in which each kind of value is written."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.yen = book.add_format({"num_format": "#,##0"})

    def write(
        self,
        sheet: xlsxwriter.worksheet.Worksheet,
        line: int,
        place: int,
        column: Column[Any],
    ) -> Callable[[object], None]:
        """Write one value at its place; what a sheet cannot hold exactly is written as text."""

        def written(value: object) -> None:
            match value:
                case datetime():
                    in_japan = value.astimezone(JAPAN).replace(tzinfo=None, microsecond=0)
                    sheet.write_datetime(line, place, in_japan, self.instant)
                case date() if value >= _FIRST_DAY_IN_EXCEL:
                    sheet.write_datetime(line, place, value, self.day)
                case bool():
                    sheet.write_boolean(line, place, value)
                case int() | float() | Decimal() if -_EXACT_IN_EXCEL < value < _EXACT_IN_EXCEL:
                    look = self.yen if column.kind == Kind.YEN else None
                    sheet.write_number(line, place, value, look)
                case None:
                    sheet.write_blank(line, place, None)
                case _:
                    sheet.write_string(line, place, _fitting(printable(str(plain(value)))))

        return written


def _fitting(text: str) -> str:
    """Cut what a cell of Excel cannot hold, and say so; CSV and JSON have the whole of it."""
    return text if len(text) <= _LONGEST_IN_EXCEL else f"{text[: _LONGEST_IN_EXCEL - 1]}…"


FORMATS: Final[dict[str, tuple[Write, str]]] = {
    "csv": (_write_csv, "text/csv; charset=utf-8; header=present"),
    "xlsx": (
        _write_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "json": (_write_json, "application/json"),
}


def _csv_cell(value: object) -> Cell:
    cell = plain(value)
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case str():
            return defused(on_one_line(cell))
        case _:
            return cell


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _description(column: Column[Any]) -> dict[str, str]:
    with override("ja"):
        japanese = column.heading_in_file
    with override("en"):
        english = column.heading_in_file
    return {"name": column.name, "label_ja": japanese, "label_en": english}

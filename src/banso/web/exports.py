"""Lists that people take away: CSV and JSON of the rows and columns that they see."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar
from uuid import UUID

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import override

from banso.web.formats import JAPAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django_stubs_ext import StrOrPromise

Row = TypeVar("Row")
Cell: TypeAlias = str | int | float | bool | None

LICENCE = "CC-BY-4.0"
BYTE_ORDER_MARK = "\ufeff"
_PHYSICAL_NAME = re.compile(r"[a-z][a-z0-9_]*")
_LINE_BREAKS = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]+\s*")
# Spreadsheets take a cell that begins with one of these for a formula.
_FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "−")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its physical name, its label for people, and how to read it from a row."""

    name: str
    label: StrOrPromise
    value: Callable[[Row], object]

    def __post_init__(self) -> None:
        if not _PHYSICAL_NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is not a physical name")


def csv_response(
    filename: str, columns: Sequence[Column[Row]], rows: Iterable[Row]
) -> HttpResponse:
    """Answer with a CSV that Excel opens as it is: UTF-8 with BOM, CRLF, no live formulas."""
    text = io.StringIO(BYTE_ORDER_MARK, newline="")
    text.seek(len(BYTE_ORDER_MARK))
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(column.value(row)) for column in columns])
    return _attachment(filename, text.getvalue(), "text/csv; charset=utf-8; header=present")


def json_response(
    filename: str,
    columns: Sequence[Column[Row]],
    rows: Iterable[Row],
    *,
    as_of: date | None = None,
    licence: str = LICENCE,
) -> HttpResponse:
    """Answer with the same rows as JSON, with labels, licence and as-of time beside them."""
    document = {
        "columns": [_description(column) for column in columns],
        "rows": [{column.name: plain(column.value(row)) for column in columns} for row in rows],
        "licence": licence,
        "as_of": plain(as_of),
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return _attachment(filename, text, "application/json")


def plain(value: object) -> Cell:
    """Bring a value to what both formats can hold; several values in one cell are a fault."""
    match value:
        case datetime():
            return value.astimezone(JAPAN).isoformat()
        case date():
            return value.isoformat()
        case None | bool() | int() | float():
            return value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case str() | Promise() | UUID():
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


def _csv_cell(value: object) -> Cell:
    cell = plain(value)
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case str():
            return _LINE_BREAKS.sub(" ", defused(cell))
        case _:
            return cell


def _description(column: Column[Any]) -> dict[str, str]:
    with override("ja"):
        japanese = str(column.label)
    with override("en"):
        english = str(column.label)
    return {"name": column.name, "label_ja": japanese, "label_en": english}


def _attachment(filename: str, text: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        text.encode(),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )

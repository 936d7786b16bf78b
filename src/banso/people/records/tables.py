"""Tables that people upload: CSV and XLSX into rows of text, or a reason why not (W2).

Size and shape are looked at before anything is parsed. What a spreadsheet hides or computes is
never taken for what somebody wrote.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import python_calamine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST_BYTES: Final = 10_000_000
MOST_UNPACKED: Final = 150_000_000
MOST_PARTS: Final = 500
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 60
LONGEST_CELL: Final = 10_000
_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_FORMULA: Final = re.compile(rb"<f[ >/]")
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_PIECE: Final = 1_000_000
# The order in which bytes are tried; each decodes the whole of it or is not taken.
_MARKS: Final = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_PLAIN: Final = ("utf-8", "cp932")
NAMES_OF_ENCODINGS: Final = {
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "utf-8": "UTF-8",
    "cp932": "Shift_JIS (CP932)",
    "": "XLSX",
}


class Unreadable(Exception):  # noqa: N818 - named for what was found, as the house does
    """A table that is not taken, by the reason and what its sentence names."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason)
        self.reason, self.facts = reason, facts


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it was written, by its number in the file and the names of its columns."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: how it was decoded, and its rows."""

    encoding: str
    rows: Sequence[Row] = field(default_factory=list)

    @property
    def encoding_name(self) -> str:
        """How the file was decoded, in words for people."""
        return NAMES_OF_ENCODINGS[self.encoding]


def read_table(content: bytes, headings: Mapping[str, str]) -> Table:
    """Read a file whose first row has the headings; `headings` gives each one's column."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too-large", most=MOST_BYTES // 1_000_000)
    if not content.strip():
        raise Unreadable("empty")
    if content.startswith(_OLD_EXCEL):
        raise Unreadable("old-excel")
    if content.startswith(_ZIP):
        return Table("", _rows(_spreadsheet(content), headings))
    encoding, text = _decoded(content)
    return Table(encoding, _rows(_lines(text), headings))


def _decoded(content: bytes) -> tuple[str, str]:
    marked = [name for mark, name in _MARKS.items() if content.startswith(mark)]
    fault: UnicodeDecodeError | None = None
    for encoding in marked or _PLAIN:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            fault = fault or error
            continue
        if encoding == "cp932" and _is_euc_jp(content):
            raise Unreadable("two-encodings")
        return encoding, text
    # A byte-order mark does not count where the decoder says that it stopped.
    marks = 3 if marked == ["utf-8-sig"] else 0
    line = content[: fault.start + marks].count(b"\n") + 1 if fault else 1
    raise Unreadable("wrong-encoding", line=line)


def _is_euc_jp(content: bytes) -> bool:
    """Tell whether bytes that are Shift_JIS could as well be EUC-JP, as half-width kana can."""
    try:
        content.decode("euc_jp")
    except UnicodeDecodeError:
        return False
    return True


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    if "\0" in text or "\x1b" in text:
        raise Unreadable("binary")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    csv.field_size_limit(LONGEST_CELL)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise Unreadable("broken-line", line=reader.line_num) from error


def _spreadsheet(content: bytes) -> Iterator[tuple[int, list[str]]]:
    _look_into(content)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        hidden = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible != python_calamine.SheetVisibleEnum.Visible
        ]
        if hidden:
            raise Unreadable("hidden-sheet", sheet=hidden[0])
        if len(book.sheet_names) > 1:
            raise Unreadable("several-sheets", count=len(book.sheet_names))
        sheet = book.get_sheet_by_index(0)
    except python_calamine.CalamineError as error:
        raise Unreadable("broken-book") from error
    if sheet.merged_cell_ranges:
        first, _last = sheet.merged_cell_ranges[0]
        raise Unreadable("merged-cells", row=first[0] + 1)
    if sheet.total_height > MOST_ROWS + 1:
        raise Unreadable("too-many-rows", most=MOST_ROWS, rows=sheet.total_height - 1)
    if sheet.total_width > MOST_COLUMNS:
        raise Unreadable("too-many-columns", most=MOST_COLUMNS)
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        yield number, [_text(cell) for cell in cells]


def _look_into(content: bytes) -> None:
    """Refuse a book that unpacks to very much, carries macros or computes a cell."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = book.infolist()
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
                raise Unreadable("too-large-inside")
            names = [part.filename for part in parts]
            if "xl/workbook.xml" not in names:
                raise Unreadable("no-book")
            if any(name.endswith("vbaProject.bin") for name in names):
                raise Unreadable("macros")
            for name in filter(_SHEET.fullmatch, names):
                if _has_formula(book, name):
                    raise Unreadable("formulas")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise Unreadable("broken-book") from error


def _has_formula(book: zipfile.ZipFile, name: str) -> bool:
    with book.open(name) as part:
        before = b""
        while piece := part.read(_PIECE):
            if _FORMULA.search(before + piece):
                return True
            before = piece[-3:]
    return False


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def _rows(lines: Iterable[tuple[int, list[str]]], headings: Mapping[str, str]) -> list[Row]:
    lines = iter(lines)
    _number, first = next(lines, (1, []))
    columns = _columns(first, headings)
    rows: list[Row] = []
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) >= MOST_ROWS:
            raise Unreadable("too-many-rows", most=MOST_ROWS, rows=f"{MOST_ROWS}+")
        if any(cell.strip() for cell in cells[len(columns) :]):
            raise Unreadable("cells-without-heading", line=number)
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise Unreadable("long-cell", line=number, most=LONGEST_CELL)
        rows.append(Row(number, dict(zip(columns, cells, strict=False))))
    if not rows:
        raise Unreadable("no-rows")
    return rows


def _columns(first: Sequence[str], headings: Mapping[str, str]) -> list[str]:
    written = [cell.strip() for cell in first]
    while written and not written[-1]:
        written.pop()
    unknown = [cell for cell in written if cell.casefold() not in headings]
    if unknown or not written:
        raise Unreadable("unknown-heading", heading=unknown[0][:60] if unknown else "")
    columns = [headings[cell.casefold()] for cell in written]
    twice = next((column for column in columns if columns.count(column) > 1), "")
    if twice:
        raise Unreadable("heading-twice", heading=written[columns.index(twice)])
    return columns

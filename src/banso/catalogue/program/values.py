"""Reading one value of a program file; what cannot be read says why."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from _typeshed import DataclassInstance

Reader: TypeAlias = "Callable[[object], object]"
Part = TypeVar("Part", bound="DataclassInstance")

LINE = 300
_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")
_UNWRITABLE = re.compile(r"[\x00\ud800-\udfff]")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_ROW_ID = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")


class UnreadableError(ValueError):
    """A value is not what its field holds; the message completes the sentence "it …"."""


def text(value: object) -> str:
    """Take a text that says something, exactly as it is."""
    if not isinstance(value, str) or not value.strip():
        raise UnreadableError("must be a text")
    if _UNWRITABLE.search(value):
        raise UnreadableError("holds a character that cannot be written")
    return value


def text_or_nothing(value: object) -> str:
    """Take a text, or null for one that is not known."""
    return "" if value is None else text(value)


def line(value: object, *, most: int = LINE) -> str:
    """Take a text of one line, such as a title."""
    if len(text(value)) > most:
        raise UnreadableError(f"must not be longer than {most} characters")
    if len(text(value).splitlines()) > 1:
        raise UnreadableError("must be one line")
    return text(value)


def line_or_nothing(value: object) -> str:
    """Take a text of one line, or null."""
    return "" if value is None else line(value)


def name(value: object) -> str:
    """Take the name of an organisation."""
    return line(value, most=200)


def name_or_nothing(value: object) -> str:
    """Take the name of an organisation, or null."""
    return "" if value is None else name(value)


def short_name(value: object) -> str:
    """Take the short name of an organisation."""
    return line(value, most=40)


def row_id(value: object) -> str:
    """Take the id of a row of the concept table, which becomes part of an address."""
    if not _ROW_ID.fullmatch(line(value, most=40)):
        raise UnreadableError("must be capitals and digits joined by hyphens, like V1-R15")
    return text(value)


def row_id_or_nothing(value: object) -> str:
    """Take the id of another row, or null."""
    return "" if value is None else row_id(value)


def address(value: object) -> str:
    """Take the address of a web page."""
    if not _ADDRESS.fullmatch(line(value, most=500)):
        raise UnreadableError("must be an address that begins with https:// or http://")
    return text(value)


def address_or_nothing(value: object) -> str:
    """Take the address of a web page, or null."""
    return "" if value is None else address(value)


def day(value: object) -> date:
    """Take a day, written YYYY-MM-DD."""
    try:
        if isinstance(value, str) and len(value) == len("2022-12-27"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise UnreadableError("must be a day that exists, written YYYY-MM-DD")


def day_or_nothing(value: object) -> date | None:
    """Take a day, or null."""
    return None if value is None else day(value)


def month_or_nothing(value: object) -> str:
    """Take a year and month, written YYYY-MM, or null."""
    if value is None:
        return ""
    if not _MONTH.fullmatch(text(value)):
        raise UnreadableError("must be a year and month, written YYYY-MM")
    return text(value)


def number(value: object) -> int:
    """Take a whole number from 1 to 32,767, which is what a number in the record may be."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 1 << 15:
        raise UnreadableError("must be a whole number from 1")
    return value


def number_or_nothing(value: object) -> int | None:
    """Take a whole number, or null."""
    return None if value is None else number(value)


def kilobytes_or_nothing(value: object) -> int | None:
    """Take a file's size in whole kilobytes, or null."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 1 << 31:
        raise UnreadableError("must be whole kilobytes, without quotation marks")
    return value


def truth_or_nothing(value: object) -> bool | None:
    """Take true, false, or null for not known."""
    if value is None or isinstance(value, bool):
        return value
    raise UnreadableError("must be true, false or null")


def word_among(codes: Mapping[str, str]) -> Callable[[object], str]:
    """Make a reader of one of the printed words; it gives the word's code."""

    def read(value: object) -> str:
        if text(value) not in codes:
            raise UnreadableError(f"must be one of {', '.join(codes)}")
        return codes[text(value)]

    return read


def word_or_nothing(codes: Mapping[str, str]) -> Callable[[object], str]:
    """Make a reader of one of the printed words, or null."""
    read = word_among(codes)
    return lambda value: "" if value is None else read(value)


def read_fields(
    row_type: type[DataclassInstance], item: object
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Read the fields that a row type declares; list (field, reason) for each that is wrong."""
    if not isinstance(item, dict):
        return {}, [("", "must be an object")]
    values: dict[str, Any] = {}
    faults = [
        (name, "is not a field of this row") for name in item if name not in _names(row_type)
    ]
    for declared in fields(row_type):
        if declared.name in item:
            try:
                values[declared.name] = declared.metadata["reader"](item[declared.name])
            except UnreadableError as unreadable:
                faults.append((declared.name, str(unreadable)))
        elif declared.default is MISSING:
            faults.append((declared.name, "is missing"))
    return values, faults


def nested(row_type: type[Part], item: object) -> Part:
    """Read a part of a row, such as one of its files."""
    values, faults = read_fields(row_type, item)
    if faults:
        wrong = "; ".join(f"{name} {reason}".strip() for name, reason in faults)
        raise UnreadableError(f"has a wrong part: {wrong}")
    return row_type(**values)


def _names(row_type: type[DataclassInstance]) -> frozenset[str]:
    return frozenset(declared.name for declared in fields(row_type))

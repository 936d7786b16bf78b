"""Japanese eras and fiscal years, and the ways in which people write a date."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import NamedTuple


class Era(NamedTuple):
    """A Japanese era, from the first day on which its name is used."""

    name: str
    letter: str
    begins_on: date


# Japan took the Gregorian calendar on the first day of Meiji 6. Earlier days had
# other names, so they are shown without an era.
FIRST_CONVERTIBLE_DAY = date(1873, 1, 1)
ERAS = (
    Era("令和", "R", date(2019, 5, 1)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("昭和", "S", date(1926, 12, 25)),
    Era("大正", "T", date(1912, 7, 30)),
    Era("明治", "M", date(1868, 10, 23)),
)
# By the cabinet's decision the whole of fiscal 2019 is called by the new era.
FISCAL_YEARS_NAMED_BY_DECISION = {2019: "令和元"}
APRIL = 4


def japanese_era_year(day: date) -> str:
    """Name the year in its era, the first as 元年; empty before the Gregorian calendar.

    >>> japanese_era_year(date(2019, 5, 1)), japanese_era_year(date(2026, 4, 1))
    ('令和元年', '令和8年')
    """
    year = _era_and_year(day)
    return f"{year}年" if year else ""


def fiscal_year_of(day: date) -> int:
    """Tell the fiscal year of a day; it begins on 1 April.

    >>> fiscal_year_of(date(2027, 3, 31)), fiscal_year_of(date(2027, 4, 1))
    (2026, 2027)
    """
    return day.year if day.month >= APRIL else day.year - 1


def japanese_fiscal_year(year: int) -> str:
    """Name a fiscal year in the era of its first day, or as the cabinet decided."""
    named = FISCAL_YEARS_NAMED_BY_DECISION.get(year) or _era_and_year(date(year, APRIL, 1))
    return f"{named}年度" if named else ""


def _era_and_year(day: date) -> str:
    if day < FIRST_CONVERTIBLE_DAY:
        return ""
    era = next(era for era in ERAS if era.begins_on <= day)
    number = day.year - era.begins_on.year + 1
    return f"{era.name}{'元' if number == 1 else number}"


_NAMES = {name: era for era in ERAS for name in (era.name, era.letter)}
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_DATE = re.compile(
    r"""
    (?P<era>明治|大正|昭和|平成|令和|[MTSHR])?
    (?P<year>\d{1,4}|元)(?:年|[./-])
    (?P<month>\d{1,2})(?:月|[./-])
    (?P<day>\d{1,2})日?
    (?:\(.*\))?                  # the weekday or the era's year, as we show it
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ENGLISH_DATE = re.compile(
    r"(?P<day>\d{1,2}) (?P<month>[a-z]{3,9})\.?,? (?P<year>\d{4})", re.IGNORECASE
)
_DIGITS_OF_A_FULL_YEAR = 4
_LETTERS_OF_A_SHORT_MONTH = 3


def parse_japanese_date(text: str) -> date:
    """Read a date as people type it: Western or era year, any width of digits.

    A year of an era that ended meanwhile (平成32年) is counted on, as old documents do.

    >>> parse_japanese_date("令和元年５月１日")
    datetime.date(2019, 5, 1)
    >>> parse_japanese_date("R8.4.1") == parse_japanese_date("2026/4/1")
    True
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if english := _ENGLISH_DATE.fullmatch(plain):
        return date(int(english["year"]), _month_of(english["month"]), int(english["day"]))
    written = _DATE.fullmatch(re.sub(r"\s+", "", plain))
    if written is None:
        raise ValueError(f"{text!r} is not a date")
    year = _western_year(written["era"], written["year"])
    return date(year, int(written["month"]), int(written["day"]))


def _western_year(era_name: str | None, year: str) -> int:
    if era_name is None:
        if len(year) != _DIGITS_OF_A_FULL_YEAR:
            raise ValueError(f"{year} is not a full year")
        return int(year)
    number = 1 if year == "元" else int(year)
    if number == 0:
        raise ValueError(f"{era_name} has no year 0")
    return _NAMES[era_name.upper()].begins_on.year + number - 1


def _month_of(word: str) -> int:
    for number, name in enumerate(_MONTHS, start=1):
        if word.lower() in (name, name[:_LETTERS_OF_A_SHORT_MONTH]):
            return number
    raise ValueError(f"{word!r} is not a month")

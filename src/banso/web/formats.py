"""Dates, instants, amounts, sizes and names as a reader of each language expects them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from banso.rulebook.writing import composed, on_one_line, printable
from banso.web.eras import (
    fiscal_year_of,
    japanese_era_year,
    japanese_fiscal_year,
    parse_japanese_date,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from django.utils.safestring import SafeString

__all__ = [
    "FILTERS",
    "JAPAN",
    "active_language",
    "date_text",
    "day_text",
    "fiscal_year_of",
    "fiscal_year_text",
    "instant_text",
    "japanese_era_year",
    "paragraphs",
    "parse_japanese_date",
    "person_name",
    "receipt_instant_text",
    "size_text",
    "time_left",
    "yen_number",
    "yen_text",
    "yen_unit",
]

_EMPTY_LINES = re.compile(r"\n(?:[ \t\u3000]*\n)+")
JAPAN = ZoneInfo("Asia/Tokyo")
WEEKDAYS = "月火水木金土日"
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
# For each unit: yen in one, word in Japanese, word in English.
YEN_UNITS = {
    "yen": (1, "円", "yen"),
    "thousand-yen": (1_000, "千円", "thousand yen"),
    "million-yen": (1_000_000, "百万円", "million yen"),
    "hundred-million-yen": (100_000_000, "億円", "billion yen"),
}
# English has no word for 億: ten of them are a billion, shown with one decimal.
IN_TENTHS_IN_ENGLISH = "hundred-million-yen"


def active_language() -> str:
    """Tell the reader's language, "ja" or "en"; Japanese where none is active."""
    return "en" if (get_language() or "ja").startswith("en") else "ja"


def date_text(value: date | None, language: str) -> str:
    """Show a day, in Japanese with the era's year; an instant as its day in Japan.

    >>> date_text(date(2026, 4, 1), "ja"), date_text(date(2026, 4, 1), "en")
    ('2026年4月1日（令和8年）', '1 April 2026')
    """
    if value is None:
        return ""
    day = value.astimezone(JAPAN).date() if isinstance(value, datetime) else value
    if language == "en":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    era_year = japanese_era_year(day)
    return f"{day.year}年{day.month}月{day.day}日" + (f"（{era_year}）" if era_year else "")


def day_text(value: date | None, language: str) -> str:
    """Show a day without the era, as lists do; an instant as its day in Japan.

    >>> day_text(date(2026, 4, 1), "ja"), day_text(date(2026, 4, 1), "en")
    ('2026年4月1日', '1 April 2026')
    """
    return date_text(value, language).partition("（")[0]


def instant_text(value: datetime | None, language: str) -> str:
    """Show an instant to the minute in Japan's time; noon is 正午 (P8, J3)."""
    if value is None:
        return ""
    local = value.astimezone(JAPAN)
    clock = f"{local:%H:%M}"
    if language == "ja" and (local.hour, local.minute) == (12, 0):
        clock = "正午"
    return _day_and_clock(local, clock, language)


def receipt_instant_text(value: datetime | None, language: str) -> str:
    """Show an instant to the second, as receipts do (P4)."""
    if value is None:
        return ""
    local = value.astimezone(JAPAN)
    return _day_and_clock(local, f"{local:%H:%M:%S}", language)


def _day_and_clock(local: datetime, clock: str, language: str) -> str:
    if language == "en":
        return f"{date_text(local.date(), 'en')}, {clock} JST"
    weekday = WEEKDAYS[local.weekday()]
    return f"{local.year}年{local.month}月{local.day}日（{weekday}）{clock} JST"


def fiscal_year_text(year: int, language: str) -> str:
    """Show a fiscal year (J2).

    >>> fiscal_year_text(2026, "ja"), fiscal_year_text(2026, "en")
    ('2026年度（令和8年度）', 'FY2026')
    """
    if language == "en":
        return f"FY{year}"
    era = japanese_fiscal_year(year)
    return f"{year}年度" + (f"（{era}）" if era else "")


def yen_unit(unit: str, language: str | None = None) -> str:
    """Name a unit of yen, for the head of a column."""
    _, japanese, english = YEN_UNITS[unit]
    return english if (language or active_language()) == "en" else japanese


def yen_number(amount: int | None, unit: str, language: str = "ja") -> str:
    """Show an amount without its unit: rounded half away from zero, − for a negative (J4)."""
    if amount is None:
        return ""
    one = YEN_UNITS[unit][0]
    rounded = (abs(amount) * 2 + one) // (one * 2)
    sign = "−" if amount < 0 and rounded else ""
    if language == "en" and unit == IN_TENTHS_IN_ENGLISH:
        return f"{sign}{rounded // 10:,}.{rounded % 10}"
    return f"{sign}{rounded:,}"


def yen_text(amount: int | None, unit: str = "yen", language: str = "ja") -> str:
    """Show an amount of whole yen in a unit.

    >>> yen_text(1_234_500_000, "million-yen"), yen_text(-2_500, "yen", "en")
    ('1,235百万円', '−2,500 yen')
    """
    if amount is None:
        return ""
    number, word = yen_number(amount, unit, language), yen_unit(unit, language)
    return f"{number} {word}" if language == "en" else f"{number}{word}"


def size_text(kilobytes: Decimal | float | None) -> str:
    """Show a file's size in kilobytes, as the program's page prints it.

    >>> size_text(1234)
    '1,234 KB'
    """
    return "" if kilobytes is None else f"{kilobytes:,} KB"


def person_name(family: str, given: str, language: str) -> str:
    """Put a name in the order of the language (J6); one of the two may be missing.

    >>> person_name("山田", "花子", "ja"), person_name("Yamada", "Hanako", "en")
    ('山田 花子', 'Hanako YAMADA')
    """
    parts = (given, family.upper()) if language == "en" else (family, given)
    return " ".join(part for part in parts if part)


def time_left(until: datetime, at: datetime, language: str) -> str:
    """Say how long it is from `at` to a deadline, in its two largest units, rounded down."""
    left = until - at
    if left <= timedelta():
        return "Closed" if language == "en" else "締め切りました"
    minutes = int(left.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        shown = [(days, "日", "day"), (hours, "時間", "hour")]
    elif hours:
        shown = [(hours, "時間", "hour"), (minutes, "分", "minute")]
    else:
        shown = [(minutes, "分", "minute")]
    counted = [part for part in shown if part[0]]
    if not counted:
        return "less than a minute left" if language == "en" else "あと1分未満"
    if language == "en":
        words = (f"{number} {word}{'s' if number > 1 else ''}" for number, _, word in counted)
        return f"{' '.join(words)} left"
    return "あと" + "".join(f"{number}{word}" for number, word, _ in counted)


def paragraphs(value: object) -> SafeString:
    r"""Show prose as it was written: an empty line ends a paragraph, a line break stays one.

    >>> paragraphs("一行目\n<b>\n\n次の段落")
    '<p>一行目<br>&lt;b&gt;</p><p>次の段落</p>'
    """
    text = printable(str(value)).strip("\n")
    blocks = (block.split("\n") for block in _EMPTY_LINES.split(text) if block.strip())
    return format_html_join(
        "",
        "<p>{}</p>",
        (
            (format_html_join(mark_safe("<br>"), "{}", ((line,) for line in block)),)
            for block in blocks
        ),
    )


def file_name(name: str) -> str:
    """Show the name of a file: composed, on one line, in the order in which it is read.

    The name under which it came is kept as it was.
    """
    return on_one_line(composed(name))


def _date(value: date | None) -> str:
    return date_text(value, active_language())


def _day(value: date | None) -> str:
    return day_text(value, active_language())


def _last_day(ends_on: date) -> str:
    """Name the last day of a period by the first day that is no longer in it."""
    return date_text(ends_on - timedelta(days=1), active_language())


def _instant(value: datetime | None) -> str:
    return instant_text(value, active_language())


def _receipt_instant(value: datetime | None) -> str:
    return receipt_instant_text(value, active_language())


def _yen(amount: int | None, unit: str = "yen", *, bare: bool = False) -> str:
    show = yen_number if bare else yen_text
    return show(amount, unit, active_language())


def _fiscal_year(year: int) -> str:
    return fiscal_year_text(year, active_language())


def _grouped(number: float | None) -> str:
    return "" if number is None else f"{number:,}".replace("-", "−")


# What templates call these, in the reader's language.
FILTERS: dict[str, Callable[..., str]] = {
    "date": _date,
    "day": _day,
    "file_name": file_name,
    "fiscal_year": _fiscal_year,
    "grouped": _grouped,
    "instant": _instant,
    "kilobytes": size_text,
    "last_day": _last_day,
    "paragraphs": paragraphs,
    "receipt_instant": _receipt_instant,
    "yen": _yen,
}

"""Amounts of yen as people write them, and what was understood of them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from typing import Final

_MARKS: Final = re.compile(r"[\s¥\\円]|yen|jpy", re.IGNORECASE)
_SIGNS: Final = "-−▲△"
_NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_ONE_UNIT: Final = re.compile(
    rf"({_NUMBER})(\.\d+)?(千万|百万|千|万|億|兆|thousand|million|billion)?", re.IGNORECASE
)
# 14億200万: each part at most four digits of the next unit, in this order.
_COUNTED: Final = re.compile(r"(?:(\d+)兆)?(?:(\d{1,4})億)?(?:(\d{1,4})万)?(\d{1,4})?")
_UNITS: Final = {
    "": 1,
    "千": 10**3,
    "thousand": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "million": 10**6,
    "千万": 10**7,
    "億": 10**8,
    "billion": 10**9,
    "兆": 10**12,
}


class Unclear(StrEnum):
    """Why a text is no amount."""

    NO_AMOUNT = "no-amount"
    NEGATIVE = "negative"
    PART_OF_A_YEN = "part-of-a-yen"


class AmountUnclear(ValueError):  # noqa: N818 - a state of what was typed, not a fault in our code
    """Text that names no whole amount of yen."""

    def __init__(self, why: Unclear) -> None:
        super().__init__(why)
        self.why = why


def yen_in(text: str) -> int:
    """Read an amount with its unit; commas are between groups of three or nowhere.

    >>> yen_in("１，４０２百万円"), yen_in("14.02億円"), yen_in("14億200万円")
    (1402000000, 1402000000, 1402000000)
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()
    if plain[:1] in tuple(_SIGNS):
        raise AmountUnclear(Unclear.NEGATIVE)
    if written := _ONE_UNIT.fullmatch(plain):
        number, decimals, unit = written.groups()
        yen = Decimal(number.replace(",", "") + (decimals or "")) * _UNITS[unit or ""]
        if yen != int(yen) or (decimals and not unit):
            raise AmountUnclear(Unclear.PART_OF_A_YEN)
        return int(yen)
    counted = _COUNTED.fullmatch(plain)
    if counted is None or not any(counted.groups()):
        raise AmountUnclear(Unclear.NO_AMOUNT)
    parts = (int(part or 0) for part in counted.groups())
    return sum(part * unit for part, unit in zip(parts, (10**12, 10**8, 10**4, 1), strict=True))


def counted_yen(yen: int) -> str:
    """Write an amount by the units of Japanese, as one reads it aloud.

    >>> counted_yen(1_402_000_000), counted_yen(9_999)
    ('14億200万円', '9999円')
    """
    parts, left = [], yen
    for unit, word in ((10**12, "兆"), (10**8, "億"), (10**4, "万")):
        count, left = divmod(left, unit)
        parts += [f"{count}{word}"] if count else []
    return "".join([*parts, f"{left}" if left or not parts else "", "円"])

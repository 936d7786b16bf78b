"""Quantities, coordinates and part codes, with their places in the original.

They are what a rewording leaves alone, so they are compared by value: 三億円 is 300,000,000 JPY.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from banso.engines.text.normal import plain
from banso.engines.text.units import UNIT, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banso.engines.text.normal import Normalised

# No number that means something is longer; the rest is data.
LONGEST = 40
DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
ARABIC = rf"(?>(?:(?>{DIGITS})[百千]?)+(?:[万億兆](?:(?>{DIGITS})[百千]?)*)*)"
KANJI = r"(?>[〇一二三四五六七八九十百千]+(?:[万億兆][〇一二三四五六七八九十百千]*)*)"
POWER = r"(?: ?[x×*] ?10\^?(?P<power>[+-]?\d{1,2})(?!\d)|[eE](?P<exponent>[+-]?\d{1,3})(?!\w))"
SCALE = r"(?: (?P<scale>thousand|million|billion|trillion)\b)"
QUANTITY = re.compile(
    rf"(?P<currency>US\$|[$¥€])?(?P<sign>(?<![A-Za-z0-9)\]])[+-]|[△▲])?(?<![A-Za-z0-9_.])"
    rf"(?:(?P<arabic>{ARABIC})(?!\.\d){POWER}?{SCALE}?|(?P<kanji>{KANJI}))"
    rf"(?: ?(?P<unit>(?:{UNIT})(?:/(?:{UNIT})|毎(?:{UNIT})(?! ?\d))?))?",
)
CURRENCIES = {"US$": "USD", "$": "USD", "¥": "JPY", "€": "EUR"}
SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
HEMISPHERES = {"北緯": 1, "東経": 1, "N": 1, "E": 1, "南緯": -1, "西経": -1, "S": -1, "W": -1}
COORDINATE = re.compile(
    r"(?P<before>北緯|南緯|東経|西経|(?<![A-Za-z])[NSEW] ?)?(?<![\d.])"
    r"(?P<degrees>\d{1,3}(?:\.\d+)?) ?(?:°|度) ?"
    r"(?:(?P<minutes>\d{1,2}(?:\.\d+)?) ?(?:'(?!')|分) ?)?"
    r"(?:(?P<seconds>\d{1,2}(?:\.\d+)?) ?(?:''|\"|秒) ?)?"
    r"(?P<after>[NSEW](?![A-Za-z]))?"
)
RANGE = re.compile(r" ?(?:-|~|±|×|から|to|and) ?")
CODE = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z0-9]++(?:[-/._][A-Z0-9]++)*+[a-z]?|[a-z]{1,5}-\d{3,}(?:[-/.]\w++)*+)"
    r"(?![A-Za-z0-9])"
)
SHORTEST_CODE = 4
CODE_FROM_DIGITS = re.compile(r"\d+[A-Z]{2,}[-/]?\d")
KANJI_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}
AMOUNT_PART = re.compile(r"[\d.]+|[十百千万億兆]")
# 十分 is "enough", 一度 is "once".
NOT_COUNTED = re.compile(r"十分|[〇一二三四五六七八九]度")


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity; `unit` is empty where none is written, and `deg` for a coordinate."""

    value: Decimal
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Code:
    """A part number, standard or other designation, in capitals."""

    text: str
    start: int
    end: int


def numbers(text: str) -> list[Number]:
    """Find quantities and coordinates; of a range, both ends have its unit."""
    laid = plain(text)
    places = [match for match in COORDINATE.finditer(laid.text) if _is_coordinate(match)]
    taken = [match.span() for match in (*places, *_codes(laid.text))]
    found = [*map(_coordinate, places), *_outside(_quantities(laid.text), taken)]
    return [_traced(number, laid) for number in _ranges(sorted(found, key=_place), laid.text)]


def codes(text: str) -> list[Code]:
    """Find designations of capitals and digits, such as AB-1234/XQ7.

    >>> codes("型番 ab-1234 と ＡＢ－1234／XQ7")
    [Code(text='AB-1234', start=3, end=10), Code(text='AB-1234/XQ7', start=13, end=24)]
    """
    laid = plain(text)
    return [
        Code(match[0].upper(), *laid.original_span(*match.span())) for match in _codes(laid.text)
    ]


def _place(number: Number) -> int:
    return number.start


def _traced(number: Number, laid: Normalised) -> Number:
    start, end = laid.original_span(number.start, number.end)
    return replace(number, start=start, end=end)


def _codes(text: str) -> Iterator[re.Match[str]]:
    for match in CODE.finditer(text):
        written = match[0].upper()
        has_both = any(map(str.isdigit, written)) and any(map(str.isalpha, written))
        if has_both and SHORTEST_CODE <= len(written) <= LONGEST and _begins_as_code(written):
            yield match


def _begins_as_code(written: str) -> bool:
    return written[0].isalpha() or CODE_FROM_DIGITS.match(written) is not None


def _is_coordinate(match: re.Match[str]) -> bool:
    return bool(match["before"] or match["after"] or match["minutes"])


def _coordinate(match: re.Match[str]) -> Number:
    parts = (match[name] or "0" for name in ("degrees", "minutes", "seconds"))
    degrees, minutes, seconds = map(Decimal, parts)
    value = degrees + minutes / 60 + seconds / 3600
    hemisphere = (match["before"] or match["after"] or "N").strip()
    end = match.start() + len(match[0].rstrip())
    signed = value.quantize(Decimal("0.000001")) * HEMISPHERES[hemisphere]
    return Number(signed.normalize() + 0, "deg", match.start(), end)


def _outside(found: Iterator[Number], taken: list[tuple[int, int]]) -> Iterator[Number]:
    """Leave out the digits of codes and coordinates."""
    spans = iter(sorted(taken))
    start, end = next(spans, (0, 0))
    for number in found:
        while end and end <= number.start:
            start, end = next(spans, (0, 0))
        if not end or number.end <= start:
            yield number


def _quantities(text: str) -> Iterator[Number]:
    for match in QUANTITY.finditer(text):
        amount = match["arabic"] or match["kanji"]
        if len(amount) > LONGEST or (match["kanji"] and not _counts(match)):
            continue
        value = _amount(amount)
        power = int(match["power"] or match["exponent"] or 0) + SCALES.get(match["scale"], 0)
        value = value.scaleb(power) * (-1 if (match["sign"] or "+") in "-△▲" else 1)
        unit = named(match["unit"]) if match["unit"] else CURRENCIES.get(match["currency"], "")
        yield Number(_shortened(value), unit, *match.span())


def _counts(match: re.Match[str]) -> bool:
    """Tell a number in kanji from a word that is written with one (一般, 十分, 三重)."""
    if NOT_COUNTED.fullmatch(match["kanji"] + (match["unit"] or "")):
        return False
    written = match["kanji"]
    is_positional = "〇" in written and len(written) > len("二〇")
    has_scale = len(written) > 1 and written[-1] in "万億兆"
    return bool(match["unit"]) or is_positional or has_scale


def _amount(written: str) -> Decimal:
    """Add up an amount such as 3億2,000万, 二千五百 or 二〇二四."""
    spelled = "".join(KANJI_DIGITS.get(character, character) for character in written)
    total, below, digits = Decimal(0), Decimal(0), None
    for part in AMOUNT_PART.findall(spelled.replace(",", "")):
        if part in SMALL:
            below += (Decimal(1) if digits is None else digits) * SMALL[part]
            digits = None
        elif part in LARGE:
            below += digits or 0
            total += (below or 1) * LARGE[part]
            below, digits = Decimal(0), None
        else:
            digits = Decimal(part)
    return total + below + (digits or 0)


def _shortened(value: Decimal) -> Decimal:
    """Write equal values alike: 3.50 as 3.5, and 3E+8 with its zeros."""
    return Decimal(format(value.normalize(), "f")) + 0


def _ranges(found: list[Number], text: str) -> list[Number]:
    """Give the first end of a range the unit at its last."""
    complete = list(found)
    for place, (earlier, later) in reversed(list(enumerate(pairwise(found)))):
        unit = complete[place + 1].unit
        if not earlier.unit and unit and RANGE.fullmatch(text[earlier.end : later.start]):
            complete[place] = replace(earlier, unit=unit)
    return complete

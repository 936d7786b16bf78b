"""Numbers with their units, part numbers and coordinates found in both texts exactly.

One figure may be in two texts by chance. A code with three digits, or a quantity of four, is
found alone; shorter ones only where three different ones are close together in both texts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from banso.engines.reuse.fingerprints import word_values
from banso.engines.text.numbers import codes, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    import numpy as np
    from numpy.typing import NDArray

ALONE_DIGITS: Final = 4
TOGETHER_DIGITS: Final = 2
TOGETHER: Final = 3
CLOSE: Final = 200
MANY: Final = 100
OCCURRENCES: Final = 8
CODE_DIGITS: Final = 3
CALENDAR: Final = frozenset({"年", "月", "日", "年度", "世紀", "year", "month", "day", "h", "min"})


@dataclass(frozen=True, slots=True)
class ExactFigure:
    """A quantity or code in one spelling; `alone` says whether it tells something by itself."""

    spelling: str
    start: int
    end: int
    alone: bool


@dataclass(frozen=True, slots=True)
class SharedFigure:
    """A figure of the manuscript and one place in the source where it is too."""

    spelling: str
    manuscript: tuple[int, int]
    source: tuple[int, int]


def exact_figures(text: str) -> list[ExactFigure]:
    """List the figures that could have come from another text, in order of place."""
    found = [
        ExactFigure(code.text, code.start, code.end, _count_digits(code.text) >= CODE_DIGITS)
        for code in codes(text)
    ]
    for number in numbers(text):
        digits = _significant_digits(number.value)
        if number.unit and number.unit not in CALENDAR and digits >= TOGETHER_DIGITS:
            spelling = f"{number.value.normalize():f} {number.unit}"
            alone = digits >= ALONE_DIGITS
            found.append(ExactFigure(spelling, number.start, number.end, alone))
    return sorted(found, key=lambda one: (one.start, one.end))


def figure_values(figures: list[ExactFigure]) -> NDArray[np.uint64]:
    """Give a 64-bit value of each figure, equal for equal figures."""
    return word_values(one.spelling for one in figures)


def shared_figures(
    manuscript: list[ExactFigure], source: list[ExactFigure]
) -> Iterator[SharedFigure]:
    """Find figures in both texts that tell something alone or by being together."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for one in source:
        places[one.spelling].append((one.start, one.end))
    common = [one for one in manuscript if one.spelling in places]
    starts = [one.start for one in common]
    for one in common:
        first = bisect_left(starts, one.start - CLOSE)
        close = {other.spelling for other in common[first : first + MANY] if _is_close(one, other)}
        together, place = max(
            (_count_near(place, close, places), (-place[0], place[1]))
            for place in places[one.spelling][:OCCURRENCES]
        )
        if one.alone or together >= TOGETHER:
            yield SharedFigure(one.spelling, (one.start, one.end), (-place[0], place[1]))


def _is_close(one: ExactFigure, other: ExactFigure) -> bool:
    return abs(other.start - one.start) <= CLOSE


def _count_near(
    place: tuple[int, int], spellings: set[str], places: dict[str, list[tuple[int, int]]]
) -> int:
    """Count the spellings that the source has near the place."""
    return sum(
        1
        for spelling in spellings
        for found in [bisect_left(places[spelling], (place[0] - CLOSE, 0))]
        if found < len(places[spelling]) and places[spelling][found][0] <= place[0] + CLOSE
    )


def _significant_digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _count_digits(code: str) -> int:
    return sum(character.isdigit() for character in code)

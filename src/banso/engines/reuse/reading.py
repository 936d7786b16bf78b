"""A text as the channels see it: normalised characters, content words and exact figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from banso.engines.reuse.figures import ExactFigure, exact_figures
from banso.engines.reuse.fingerprints import character_codes, word_values
from banso.engines.text.normal import Normalised, normalise
from banso.engines.text.words import content_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

NUMERAL: Final = 0.4
SINGLE: Final = 0.5
_SHORT_NUMERAL: Final = 2
_LONG_WORD: Final = 10


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The content words of a text: their values, weights, and places in the original."""

    values: NDArray[np.uint64]
    weights: NDArray[np.float64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def span(self, first: int, limit: int) -> tuple[int, int]:
        """Give the characters of the original from the first word up to, not at, the limit."""
        return int(self.starts[first]), int(self.ends[limit - 1])


@dataclass(frozen=True)
class Reading:
    """What is computed of a text, each part when it is first asked for."""

    text: str

    @cached_property
    def normal(self) -> Normalised:
        """The letters and digits, with the way back to the original."""
        return normalise(self.text)

    @cached_property
    def codes(self) -> NDArray[np.uint32]:
        """The normalised characters as an array."""
        return character_codes(self.normal.text)

    @cached_property
    def words(self) -> Words:
        """The content words in order."""
        found = content_words(self.text, mode="A")
        return Words(
            values=word_values(word.normal for word in found),
            weights=np.array([_weight(word.normal, word.part) for word in found]),
            starts=np.array([word.start for word in found], dtype=np.int64),
            ends=np.array([word.end for word in found], dtype=np.int64),
        )

    @cached_property
    def figures(self) -> list[ExactFigure]:
        """The figures that could have come from another text."""
        return exact_figures(self.text)


def _weight(normal: str, part: str) -> float:
    """Take little for 三 and 的, one for most words, and more for very long ones."""
    if part == "number" and len(normal) <= _SHORT_NUMERAL:
        return NUMERAL
    return SINGLE if len(normal) == 1 else max(1.0, len(normal) / _LONG_WORD)

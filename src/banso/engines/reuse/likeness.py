"""How much of a short text is in another, in shares: for judging texts, not passages.

Containment of word runs after P. Clough and M. Stevenson, *Developing a corpus of plagiarised
short answers*, Language Resources and Evaluation 45 (2011), section 6; here over content words
and near pairs in any order, beside the runs of 24 characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from banso.engines.reuse.fingerprints import gram_values, pair_values
from banso.engines.reuse.reading import Reading
from banso.engines.reuse.rewording import reworded
from banso.engines.reuse.verbatim import shared_places

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHORT_RUN: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Shares of the first text, from 0 to 1."""

    characters: float
    short_runs: float
    words: float
    pairs: float
    passages: float


def likeness(text: str, source: str) -> Likeness:
    """Say how much of the text is in the source, from exact characters to loose words."""
    mine, theirs = Reading(text), Reading(source)
    covered = np.zeros(len(mine.words.values), dtype=np.bool_)
    for stretch in reworded(mine.words.values, theirs.words.values, mine.words.weights):
        covered[slice(*stretch.manuscript)] = True
    return Likeness(
        characters=_mean(shared_places(mine.codes, theirs.codes)),
        short_runs=_contained(
            gram_values(mine.codes, _SHORT_RUN), gram_values(theirs.codes, _SHORT_RUN)
        ),
        words=_contained(mine.words.values, theirs.words.values),
        pairs=_contained(pair_values(mine.words.values)[0], pair_values(theirs.words.values)[0]),
        passages=_mean(covered),
    )


def _contained(mine: NDArray[np.uint64], theirs: NDArray[np.uint64]) -> float:
    return _mean(np.isin(np.unique(mine), theirs))


def _mean(marks: NDArray[np.bool_]) -> float:
    return float(marks.mean()) if len(marks) else 0.0

"""Character recall, precision, granularity and plagdet of found passages.

The measures of the PAN competitions: M. Potthast, B. Stein, A. Barrón-Cedeño and P. Rosso,
*An Evaluation Framework for Plagiarism Detection*, COLING 2010, sections 2.1 to 2.3. A passage
stands in two texts, so its characters are those of the manuscript and those of the source.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FOUND_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage of a manuscript and its counterpart in a source; `case` keeps manuscripts apart."""

    case: int
    source: str
    manuscript: tuple[int, int]
    origin: tuple[int, int]

    @property
    def size(self) -> int:
        """Characters in both texts."""
        return _length(self.manuscript) + _length(self.origin)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Macro-averaged scores over planted passages and detections."""

    recall: float
    precision: float
    granularity: float

    @property
    def harmonic(self) -> float:
        """The harmonic mean of recall and precision, before the penalty."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0

    @property
    def plagdet(self) -> float:
        """The harmonic mean over the logarithm of granularity: PAN's overall score."""
        return self.harmonic / math.log2(1 + self.granularity)


def scores(plants: Sequence[Pair], detections: Sequence[Pair]) -> Scores:
    """Score detections against what was planted."""
    overlapping = [[one for one in detections if _detects(one, plant)] for plant in plants]
    counts = [len(found) for found in overlapping if found]
    return Scores(
        recall=_mean([_covered(p, found) for p, found in zip(plants, overlapping, strict=True)]),
        precision=_mean(
            [_covered(one, [p for p in plants if _detects(p, one)]) for one in detections]
        ),
        granularity=_mean(counts) if counts else 1.0,
    )


def is_found(plant: Pair, detections: Sequence[Pair]) -> bool:
    """Tell whether detections of its source cover half of a planted passage in the manuscript."""
    spans = [_cut(one.manuscript, plant.manuscript) for one in _of(plant, detections)]
    return _union(spans) >= FOUND_SHARE * _length(plant.manuscript)


def _of(plant: Pair, detections: Sequence[Pair]) -> list[Pair]:
    return [one for one in detections if (one.case, one.source) == (plant.case, plant.source)]


def _detects(one: Pair, other: Pair) -> bool:
    return (
        (one.case, one.source) == (other.case, other.source)
        and _length(_cut(one.manuscript, other.manuscript)) > 0
        and _length(_cut(one.origin, other.origin)) > 0
    )


def _covered(pair: Pair, others: Sequence[Pair]) -> float:
    shared = _union([_cut(one.manuscript, pair.manuscript) for one in others])
    shared += _union([_cut(one.origin, pair.origin) for one in others])
    return shared / pair.size


def _cut(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return max(one[0], other[0]), min(one[1], other[1])


def _length(span: tuple[int, int]) -> int:
    return max(0, span[1] - span[0])


def _union(spans: Sequence[tuple[int, int]]) -> int:
    covered, reached = 0, 0
    for start, end in sorted(one for one in spans if _length(one)):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return covered


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0

"""The problem in whole numbers: what is solved, and what the checker reads, is exactly this."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import lcm
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from banso.engines.assignment.problem import Cover, Pair, Problem

    Integers: TypeAlias = NDArray[np.int64]
    Marks: TypeAlias = NDArray[np.bool_]

SCALE = 1_000_000
UNASKED = -(2**50)
LARGEST_SCORE = 1_000  # times SCALE: products with multipliers then stay within 63 bits


@dataclass(frozen=True, slots=True, eq=False)
class CoverRows:
    """One cover: for each of `proposals`, `least` to `most` reviewers out of `members`."""

    proposals: Integers
    members: Marks
    least: int
    most: int


@dataclass(frozen=True, slots=True, eq=False)
class WholeProblem:
    """The problem with scores in millionths and ids as positions."""

    scores: Integers
    allowed: Marks
    fixed: Marks
    demand: Integers
    least_load: Integers
    most_load: Integers
    covers: tuple[CoverRows, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Proposals, reviewers."""
        proposals, reviewers = self.scores.shape
        return proposals, reviewers

    @property
    def common_demand(self) -> int:
        """The least common multiple of the demands: floors count in its fractions."""
        return lcm(*(int(demand) for demand in np.unique(self.demand) if demand))

    def weights(self) -> Integers:
        """How often a proposal's sum counts, so that proposals of every demand compare by mean."""
        return self.common_demand // np.maximum(self.demand, 1)

    def thresholds(self, floor: int | None) -> Integers | None:
        """Return the least sum for each proposal under a floor; one that needs nobody has none."""
        if floor is None:
            return None
        needed = -(-floor // self.weights())
        return np.where(self.demand > 0, needed, UNASKED)


def whole(problem: Problem) -> WholeProblem:
    """Round the scores to millionths, once, for solver and checker alike."""
    shape = (len(problem.proposals), len(problem.reviewers))
    barred = _marks(problem, problem.conflicts | problem.forbidden, shape)
    least = problem.least_load or (0,) * shape[1]
    return WholeProblem(
        scores=_scores(problem),
        allowed=~barred,
        fixed=_marks(problem, problem.fixed, shape),
        demand=np.array(problem.demand, dtype=np.int64),
        least_load=np.array(least, dtype=np.int64),
        most_load=np.array(problem.most_load, dtype=np.int64),
        covers=tuple(_cover_rows(problem, cover) for cover in problem.covers),
    )


def above_floor(whole: WholeProblem, floor: int | None) -> WholeProblem:
    """Add the covers that a floor implies, which linear programs do not see by themselves.

    Where the best company of k - 1 reviewers brings b, the k-th best of d reviewers whose sum
    reaches t must score at least (t - b) / (d - k + 1): so at least k of them score that much.
    """
    thresholds = whole.thresholds(floor)
    if thresholds is None:
        return whole
    usable = whole.allowed | whole.fixed
    implied: list[CoverRows] = []
    for row in np.flatnonzero(whole.demand > 1):
        demand, scores = int(whole.demand[row]), whole.scores[row]
        best = np.sort(scores[usable[row]])[::-1][:demand].tolist()
        for rank in range(1, min(demand, len(best))):
            missing = int(thresholds[row]) - sum(best[: rank - 1])
            # Whole numbers: the share is rounded up, as the scores are whole.
            members = scores >= -(-missing // (demand - rank + 1))
            implied.append(CoverRows(np.array([row]), members, rank, len(scores)))
    return replace(whole, covers=(*whole.covers, *implied))


def positions(problem: Problem, pairs: Iterable[Pair]) -> list[tuple[int, int]]:
    """Return ids as row and column, in order."""
    rows = {proposal: row for row, proposal in enumerate(problem.proposals)}
    columns = {reviewer: column for column, reviewer in enumerate(problem.reviewers)}
    return sorted((rows[proposal], columns[reviewer]) for proposal, reviewer in pairs)


def _scores(problem: Problem) -> Integers:
    given = problem.scores
    dense = given if isinstance(given, np.ndarray) else given.toarray()
    floats = np.asarray(dense, dtype=np.float64)
    if not np.isfinite(floats).all() or np.abs(floats).max(initial=0) > LARGEST_SCORE:
        raise ValueError(f"scores are finite and at most {LARGEST_SCORE}")
    rounded: Integers = np.rint(floats * SCALE).astype(np.int64)
    return rounded


def _marks(problem: Problem, pairs: Iterable[Pair], shape: tuple[int, int]) -> Marks:
    marks = np.zeros(shape, dtype=np.bool_)
    for row, column in positions(problem, pairs):
        marks[row, column] = True
    return marks


def _cover_rows(problem: Problem, cover: Cover) -> CoverRows:
    chosen = cover.proposals
    rows = [row for row, one in enumerate(problem.proposals) if chosen is None or one in chosen]
    members = np.array([one in cover.reviewers for one in problem.reviewers], dtype=np.bool_)
    # A least that is more than all there are asks too much, and crosses no most.
    most = max(cover.least, len(problem.reviewers)) if cover.most is None else cover.most
    return CoverRows(np.array(rows, dtype=np.int64), members, cover.least, most)

"""The choice among assignments of equal total: first what was there before, then a seed's lot.

No score is touched. By complementary slackness the optimal assignments are those that take every
pair of positive reduced value and none of negative, and fill every count that has a price; among
the rest a second linear program draws by lots. Its answer counts only when its total is the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from banso.engines.assignment.certificate import ROWS_AT_ONCE, reduced_values
from banso.engines.assignment.integers import CoverRows, above_floor
from banso.engines.assignment.narrowing import Room
from banso.engines.assignment.search.branching import keeps
from banso.engines.assignment.search.linear import LinearProgram

if TYPE_CHECKING:
    from banso.engines.assignment.certificate import Certificate, Multipliers
    from banso.engines.assignment.integers import Integers, Marks, WholeProblem

LOTS = 2**16


def draw(whole: WholeProblem, certificate: Certificate, marks: Marks, lots: Integers) -> Marks:
    """Return the optimal assignment with the most lots, or the given one where that is unclear."""
    [leaf], floor = certificate.leaves, certificate.floor
    if leaf.multipliers is None:
        return marks
    face = _optimal_face(above_floor(whole, floor), leaf.multipliers)
    open_pairs = face.allowed & ~face.fixed
    if not open_pairs.any():
        return marks
    thresholds = whole.thresholds(floor)
    program = LinearProgram(face, worth=lots)
    program.enter(marks)
    program.ask_floor(floor)
    relaxed = program.solve(Room(face.fixed, open_pairs))
    drawn = relaxed.marks(whole.shape)
    is_equal = int(whole.scores[drawn].sum()) == int(whole.scores[marks].sum())
    return drawn if is_equal and keeps(whole, thresholds, drawn) else marks


def lots_for(whole: WholeProblem, seed: int, earlier: list[tuple[int, int]]) -> Integers:
    """Draw a lot for each pair; an earlier pair outweighs all lots together."""
    lots = np.random.default_rng(seed).integers(0, LOTS, size=whole.shape, dtype=np.int64)
    for row, column in earlier:
        lots[row, column] += LOTS * (int(whole.demand.sum()) + 1)
    return lots


def _optimal_face(whole: WholeProblem, multipliers: Multipliers) -> WholeProblem:
    allowed, fixed = np.zeros_like(whole.allowed), whole.fixed.copy()
    for start in range(0, whole.shape[0], ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        values = reduced_values(whole, multipliers, rows)
        allowed[rows] = whole.allowed[rows] & ((values >= 0) | fixed[rows])
        fixed[rows] |= allowed[rows] & (values > 0)
    load = np.array(multipliers.load)
    priced = tuple(
        CoverRows(
            np.array([row]),
            whole.covers[cover].members,
            whole.covers[cover].most if paid > 0 else whole.covers[cover].least,
            whole.covers[cover].most if paid > 0 else whole.covers[cover].least,
        )
        for cover, row, paid in multipliers.cover
    )
    return replace(
        whole,
        allowed=allowed,
        fixed=fixed,
        least_load=np.where(load > 0, whole.most_load, whole.least_load),
        most_load=np.where(load < 0, whole.least_load, whole.most_load),
        covers=(*whole.covers, *priced),
    )

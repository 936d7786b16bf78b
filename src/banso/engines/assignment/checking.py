"""An independent look at an answer: it knows the problem and the arithmetic, and no solver."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from banso.engines.assignment.certificate import EMPTY, Unproven, bound_of
from banso.engines.assignment.integers import SCALE, positions, whole
from banso.engines.assignment.outcome import Constraint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from banso.engines.assignment.integers import Integers, Marks, WholeProblem
    from banso.engines.assignment.outcome import Assignment, Infeasible
    from banso.engines.assignment.problem import Pair, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the checker saw for itself; `faults` are codes of claims that do not hold.

    Faults: `pairs` (twice or unknown), `total`, `total-bound`, `floor`, `floor-bound`, `scores`.
    """

    breaches: tuple[Constraint, ...]
    faults: tuple[str, ...]
    total_gap: Fraction | None
    floor_gap: Fraction | None

    @property
    def holds(self) -> bool:
        """Whether every constraint is kept and every claim true."""
        return not self.breaches and not self.faults

    @property
    def is_optimal(self) -> bool:
        """Whether besides no better total exists above the floor that was asked."""
        return self.holds and self.total_gap == 0

    @property
    def is_fairest(self) -> bool:
        """Whether besides no better floor exists."""
        return self.holds and self.floor_gap == 0


def check(problem: Problem, assignment: Assignment) -> Checked:
    """Recompute every claim of an assignment from the problem."""
    numbers = whole(problem)
    known = {*problem.proposals}, {*problem.reviewers}
    pairs = [pair for pair in assignment.pairs if pair[0] in known[0] and pair[1] in known[1]]
    faults = [] if len(set(pairs)) == len(assignment.pairs) else ["pairs"]
    marks = np.zeros(numbers.shape, dtype=np.bool_)
    for row, column in positions(problem, pairs):
        marks[row, column] = True
    sums = np.where(marks, numbers.scores, 0).sum(axis=1)
    faults += _wrong_claims(problem, numbers, assignment, sums)
    total_gap = _total_gap(numbers, assignment, sum(map(int, sums)))
    floor_gap = _floor_gap(numbers, assignment)
    if total_gap is None:
        faults.append("total-bound")
    if floor_gap is None and assignment.floor_bound is not None:
        faults.append("floor-bound")
    return Checked(
        breaches=tuple(breaches(problem, numbers, marks)),
        faults=tuple(faults),
        total_gap=total_gap,
        floor_gap=floor_gap,
    )


def is_proven_infeasible(problem: Problem, answer: Infeasible) -> bool:
    """Tell whether the certificate shows that nothing satisfies the problem."""
    if answer.certificate is None or answer.certificate.floor is not None:
        return False
    try:
        return bound_of(whole(problem), answer.certificate) == EMPTY
    except Unproven:
        return False


def worst(numbers: WholeProblem, sums: Integers) -> int:
    """Return the lowest mean of a proposal, in the floor's whole units."""
    asked = numbers.demand > 0
    return min(map(int, (sums * numbers.weights())[asked]), default=0)


def as_mean(numbers: WholeProblem, floor: int) -> Fraction:
    """Turn the floor's whole units into a mean score."""
    return Fraction(floor, SCALE * numbers.common_demand)


def breaches(problem: Problem, numbers: WholeProblem, marks: Marks) -> Iterator[Constraint]:
    """Name each constraint that these pairs break."""
    needed, loads = marks.sum(axis=1), marks.sum(axis=0)
    for row in np.flatnonzero(needed != numbers.demand):
        yield Constraint("demand", problem.proposals[row])
    for column in np.flatnonzero(loads > numbers.most_load):
        yield Constraint("most-load", reviewer=problem.reviewers[column])
    for column in np.flatnonzero(loads < numbers.least_load):
        yield Constraint("least-load", reviewer=problem.reviewers[column])
    chosen = {_ids(problem, pair) for pair in np.argwhere(marks)}
    yield from _pair_breaches("conflict", chosen & problem.conflicts)
    yield from _pair_breaches("forbidden", chosen & problem.forbidden)
    yield from _pair_breaches("fixed", problem.fixed - chosen)
    for cover, rows in zip(problem.covers, numbers.covers, strict=True):
        members = (marks[rows.proposals] & rows.members).sum(axis=1)
        for row in rows.proposals[members < rows.least]:
            yield Constraint("cover-least", problem.proposals[row], cover=cover.code)
        for row in rows.proposals[members > rows.most]:
            yield Constraint("cover-most", problem.proposals[row], cover=cover.code)


def _ids(problem: Problem, pair: Integers) -> Pair:
    return problem.proposals[pair[0]], problem.reviewers[pair[1]]


def _pair_breaches(code: str, pairs: Iterable[Pair]) -> Iterator[Constraint]:
    for proposal, reviewer in sorted(pairs):
        yield Constraint(code, proposal, reviewer)


def _wrong_claims(
    problem: Problem, numbers: WholeProblem, assignment: Assignment, sums: Integers
) -> list[str]:
    scores = tuple(
        (proposal, Fraction(int(one), SCALE))
        for proposal, one in zip(problem.proposals, sums, strict=True)
    )
    claims = {
        "scores": assignment.scores == scores,
        "total": assignment.total == sum((one for _, one in scores), Fraction(0)),
        "floor": assignment.floor == as_mean(numbers, worst(numbers, sums)),
    }
    return [claim for claim, is_true in claims.items() if not is_true]


def _total_gap(numbers: WholeProblem, assignment: Assignment, total: int) -> Fraction | None:
    """Return how far the proven bound is above the total; None when the proof does not hold."""
    floor = assignment.total_certificate.floor
    asked = None if floor is None else as_mean(numbers, floor)
    is_kept = asked is None or assignment.floor >= asked
    if asked != assignment.floor_asked or not is_kept:
        return None
    try:
        bound = bound_of(numbers, assignment.total_certificate)
    except Unproven:
        return None
    proven, reached = Fraction(math.floor(bound), SCALE), Fraction(total, SCALE)
    return proven - reached if reached <= proven <= assignment.total_bound else None


def _floor_gap(numbers: WholeProblem, assignment: Assignment) -> Fraction | None:
    """Return how far the proven bound of the floor is above it; None without a proof."""
    certificate = assignment.floor_certificate
    if certificate is None or certificate.floor is None or assignment.floor_bound is None:
        return None
    try:
        is_above_empty = bound_of(numbers, certificate) == EMPTY
    except Unproven:
        return None
    proven, reached = as_mean(numbers, certificate.floor - 1), assignment.floor
    is_true = is_above_empty and reached <= proven <= assignment.floor_bound
    return proven - reached if is_true else None

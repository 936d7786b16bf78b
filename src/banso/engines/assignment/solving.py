"""The whole course: the optimum of the total, or first the floor and then the total above it."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from banso.engines.assignment.checking import as_mean
from banso.engines.assignment.diagnosis import diagnose
from banso.engines.assignment.integers import SCALE, positions, whole
from banso.engines.assignment.outcome import Assignment, Infeasible
from banso.engines.assignment.search.branching import Search
from banso.engines.assignment.search.candidates import promising
from banso.engines.assignment.search.floors import Effort, FloorSearch, worst_of
from banso.engines.assignment.search.linear import LinearProgram
from banso.engines.assignment.search.ties import draw, lots_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from banso.engines.assignment.integers import Integers, Marks, WholeProblem
    from banso.engines.assignment.problem import Pair, Problem
    from banso.engines.assignment.search.branching import Found
    from banso.engines.assignment.search.floors import Floor


class CutShort(ArithmeticError):  # noqa: N818 - says what happened
    """Neither an assignment nor a proof that there is none, within the effort."""


def assign(
    problem: Problem,
    *,
    fair: bool = False,
    seed: int = 0,
    earlier: Iterable[Pair] = (),
    effort: Effort | None = None,
) -> Assignment | Infeasible:
    """Assign reviewers; `fair` lifts the worst proposal first, `earlier` pairs stay on a tie."""
    effort = effort or Effort()
    numbers = whole(problem)
    program = LinearProgram(numbers)
    program.enter(promising(numbers))
    found = Search(numbers, program, None).run(nodes=effort.nodes)
    if found.marks is None:
        if not found.is_empty:
            raise CutShort(f"no assignment within {effort.nodes} nodes")
        return diagnose(problem, numbers, found.certificate)
    floor = None
    if fair and any(problem.demand):
        floor = FloorSearch(numbers, program, found.marks).run(effort)
        search = Search(numbers, program, floor.reached)
        found = search.run(nodes=effort.nodes, start=floor.marks)
    marks = _drawn(numbers, found, lots_for(numbers, seed, positions(problem, earlier)))
    return _answer(problem, numbers, found, marks=marks, floor=floor)


def _drawn(numbers: WholeProblem, found: Found, lots: Integers) -> Marks:
    """Break ties where a single leaf proves the optimum exactly; elsewhere keep what was found."""
    marks, leaves = found.marks, found.certificate.leaves
    if marks is None:
        raise CutShort("nothing was found")
    is_exact = len(leaves) == 1 and found.bound == int(numbers.scores[marks].sum())
    return draw(numbers, found.certificate, marks, lots) if is_exact else marks


def _answer(
    problem: Problem, numbers: WholeProblem, found: Found, *, marks: Marks, floor: Floor | None
) -> Assignment:
    sums = np.where(marks, numbers.scores, 0).sum(axis=1)
    asked = found.certificate.floor
    certificate = None if floor is None else floor.certificate
    excluded = None if certificate is None else certificate.floor
    return Assignment(
        pairs=tuple(
            (problem.proposals[row], problem.reviewers[column])
            for row, column in np.argwhere(marks).tolist()
        ),
        total=Fraction(int(sums.sum()), SCALE),
        total_bound=Fraction(math.floor(found.bound), SCALE),
        floor=as_mean(numbers, worst_of(numbers, marks)),
        scores=tuple(
            (proposal, Fraction(one, SCALE))
            for proposal, one in zip(problem.proposals, sums.tolist(), strict=True)
        ),
        total_certificate=found.certificate,
        floor_asked=None if asked is None else as_mean(numbers, asked),
        floor_bound=None if excluded is None else as_mean(numbers, excluded - 1),
        floor_certificate=certificate,
    )

"""Why nothing satisfies a problem, and the smallest change that would (an elastic program).

Every count may give way at a cost of one a unit, every fixed or forbidden pair at a cost of one;
conflicts never do. The least total cost is exact, in whole units.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from banso.engines.assignment.certificate import Certificate, Leaf, price
from banso.engines.assignment.integers import positions
from banso.engines.assignment.narrowing import Room
from banso.engines.assignment.outcome import Constraint, Infeasible, Relaxation
from banso.engines.assignment.search.linear import FEASIBLE, LinearProgram

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banso.engines.assignment.certificate import Multipliers
    from banso.engines.assignment.integers import Integers, Marks, WholeProblem
    from banso.engines.assignment.problem import Cover, Problem
    from banso.engines.assignment.search.linear import Relaxed
    from banso.engines.assignment.search.program import Slack

FINE = 30
NODES = 2_000
MOST_PAIRS = 300_000  # above it only the linear program is asked, which then may not answer


def diagnose(problem: Problem, numbers: WholeProblem, certificate: Certificate) -> Infeasible:
    """Explain a problem that the certificate proves to have no answer."""
    clashing = numbers.fixed & ~numbers.allowed
    if clashing.any():
        constraints = tuple(sorted(set(_clashes(problem, clashing))))
    else:
        certificate = _by_prices(numbers) or certificate
        prices = [leaf.multipliers for leaf in certificate.leaves if leaf.multipliers]
        found = {one for each in prices for one in _priced(problem, each)}
        constraints = tuple(sorted(found | _fixed_beside(problem, found)))
    return Infeasible(
        constraints=constraints,
        relaxations=tuple(sorted(_relaxations(problem, numbers))),
        certificate=certificate,
    )


def relax(problem: Problem, relaxations: tuple[Relaxation, ...]) -> Problem:
    """Change the problem as the relaxations say."""
    demand, least = list(problem.demand), list(problem.least_load)
    most, covers = list(problem.most_load), list(problem.covers)
    dropped: dict[str, set[tuple[str, str]]] = {"fixed": set(), "forbidden": set()}
    for one in relaxations:
        about = one.constraint
        if about.code == "demand":
            demand[problem.proposals.index(about.proposal)] += one.by
        elif about.code == "least-load":
            least[problem.reviewers.index(about.reviewer)] += one.by
        elif about.code == "most-load":
            most[problem.reviewers.index(about.reviewer)] += one.by
        elif about.code in dropped:
            dropped[about.code].add((about.proposal, about.reviewer))
        else:
            covers = _looser(problem, covers, one)
    return replace(
        problem,
        demand=tuple(demand),
        least_load=tuple(least),
        most_load=tuple(most),
        covers=tuple(covers),
        fixed=problem.fixed - dropped["fixed"],
        forbidden=problem.forbidden - dropped["forbidden"],
    )


def _by_prices(numbers: WholeProblem) -> Certificate | None:
    """Prove emptiness by one linear program, which names the constraints that clash."""
    room = Room(numbers.fixed, numbers.allowed & ~numbers.fixed)
    program = LinearProgram(numbers)
    multipliers = program.multipliers(program.solve(room, FEASIBLE), FEASIBLE, bits=FINE)
    if price(numbers, None, room, multipliers) >= 0:
        return None
    return Certificate(floor=None, leaves=(Leaf((), multipliers),))


def _priced(problem: Problem, multipliers: Multipliers) -> Iterator[Constraint]:
    for proposal, paid in zip(problem.proposals, multipliers.demand, strict=True):
        if paid:
            yield Constraint("demand", proposal)
    for reviewer, paid in zip(problem.reviewers, multipliers.load, strict=True):
        if paid:
            yield Constraint("most-load" if paid > 0 else "least-load", reviewer=reviewer)
    for cover, row, paid in multipliers.cover:
        code = "cover-most" if paid > 0 else "cover-least"
        yield Constraint(code, problem.proposals[row], cover=problem.covers[cover].code)


def _fixed_beside(problem: Problem, found: set[Constraint]) -> set[Constraint]:
    """Return the pairs that a person decided, where both sides are among the clashing."""
    proposals = {one.proposal for one in found}
    reviewers = {one.reviewer for one in found}
    return {
        Constraint(code, proposal, reviewer)
        for code, pairs in (("fixed", problem.fixed), ("forbidden", problem.forbidden))
        for proposal, reviewer in pairs
        if proposal in proposals or reviewer in reviewers
    }


def _clashes(problem: Problem, clashing: Marks) -> Iterator[Constraint]:
    for row, column in np.argwhere(clashing):
        pair = problem.proposals[row], problem.reviewers[column]
        for code, pairs in (
            ("fixed", problem.fixed),
            ("forbidden", problem.forbidden),
            ("conflict", problem.conflicts),
        ):
            if pair in pairs:
                yield Constraint(code, *pair)


def _relaxations(problem: Problem, numbers: WholeProblem) -> Iterator[Relaxation]:
    conflicts, forbidden = np.zeros_like(numbers.allowed), np.zeros_like(numbers.allowed)
    for marks, pairs in ((conflicts, problem.conflicts), (forbidden, problem.forbidden)):
        for row, column in positions(problem, pairs):
            marks[row, column] = True
    nothing = np.zeros_like(numbers.fixed)
    elastic = replace(numbers, allowed=~conflicts, fixed=nothing)
    wishes = numbers.fixed.astype(np.int64) - forbidden
    relaxed = _least_slack(elastic, wishes)
    if relaxed is None:
        return
    solution, slacks = relaxed
    for slack, amount in zip(slacks, solution.slack, strict=True):
        if amount > 1 / 2:
            yield Relaxation(_constraint(problem, slack), round(amount) * slack.by)
    chosen = solution.marks(numbers.shape)
    for code, given in (("fixed", numbers.fixed & ~chosen), ("forbidden", forbidden & chosen)):
        for row, column in np.argwhere(given):
            pair = problem.proposals[row], problem.reviewers[column]
            yield Relaxation(Constraint(code, *pair), -1)


def _least_slack(elastic: WholeProblem, wishes: Integers) -> tuple[Relaxed, list[Slack]] | None:
    program = LinearProgram(elastic, wishes=wishes)
    room = Room(elastic.fixed, elastic.allowed)
    relaxed: Relaxed | None = program.solve(room, FEASIBLE)
    if relaxed is not None and not relaxed.is_whole:
        relaxed = None
        if elastic.scores.size <= MOST_PAIRS:
            program.enter(room.open)
            relaxed = program.solve_whole(room, FEASIBLE, nodes=NODES)
    return None if relaxed is None else (relaxed, program.slacks)


def _constraint(problem: Problem, slack: Slack) -> Constraint:
    if slack.code in {"most-load", "least-load"}:
        return Constraint(slack.code, reviewer=problem.reviewers[slack.place])
    code = "" if slack.cover < 0 else problem.covers[slack.cover].code
    return Constraint(slack.code, problem.proposals[slack.place], cover=code)


def _looser(problem: Problem, covers: list[Cover], one: Relaxation) -> list[Cover]:
    """Take the proposal out of its cover, into one of its own with the looser count."""
    about, looser = one.constraint, []
    for cover in covers:
        asked = frozenset(problem.proposals) if cover.proposals is None else cover.proposals
        if cover.code != about.cover or about.proposal not in asked:
            looser.append(cover)
            continue
        own = replace(cover, proposals=frozenset({about.proposal}))
        if about.code == "cover-least":
            own = replace(own, least=cover.least + one.by)
        elif cover.most is not None:
            own = replace(own, most=cover.most + one.by)
        looser += [replace(cover, proposals=asked - {about.proposal}), own]
    return looser

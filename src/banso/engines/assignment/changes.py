"""What a person's decisions change: who moves, and what each decision costs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from banso.engines.assignment.outcome import Assignment, Infeasible
from banso.engines.assignment.solving import assign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from banso.engines.assignment.problem import Pair, Problem


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """One proposal's change of reviewers."""

    proposal: str
    leaves: tuple[str, ...]
    comes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The new assignment beside the earlier; a positive cost is total that was given up."""

    problem: Problem
    assignment: Assignment
    cost: Fraction
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPrice:
    """What the total would gain if this one fixed or forbidden pair were left to the engine."""

    code: str
    pair: Pair
    cost: Fraction


def revise(
    problem: Problem,
    earlier: Assignment,
    *,
    fixed: Iterable[Pair] = (),
    forbidden: Iterable[Pair] = (),
    fair: bool = False,
    seed: int = 0,
) -> Revision | Infeasible:
    """Solve again around what a person fixed; among equal totals the fewest move."""
    decided = replace(
        problem,
        fixed=problem.fixed | frozenset(fixed),
        forbidden=problem.forbidden | frozenset(forbidden),
    )
    answer = assign(decided, fair=fair, seed=seed, earlier=earlier.pairs)
    if isinstance(answer, Infeasible):
        return answer
    return Revision(
        problem=decided,
        assignment=answer,
        cost=earlier.total - answer.total,
        moves=tuple(_moves(earlier, answer)),
    )


def price_decisions(
    problem: Problem, assignment: Assignment, *, fair: bool = False
) -> tuple[DecisionPrice, ...]:
    """Price each fixed and each forbidden pair as the difference that it alone makes.

    Under `fair` a decision can cost nothing, or less, in total, because it may lower the floor.
    """
    without = [
        ("fixed", pair, replace(problem, fixed=problem.fixed - {pair}))
        for pair in sorted(problem.fixed)
    ]
    without += [
        ("forbidden", pair, replace(problem, forbidden=problem.forbidden - {pair}))
        for pair in sorted(problem.forbidden)
    ]
    prices = []
    for code, pair, freer in without:
        answer = assign(freer, fair=fair)
        if isinstance(answer, Assignment):
            cost = answer.total - assignment.total
            prices.append(DecisionPrice(code=code, pair=pair, cost=cost))
    return tuple(prices)


def _moves(earlier: Assignment, later: Assignment) -> Iterator[Move]:
    before, after = set(earlier.pairs), set(later.pairs)
    for proposal in sorted({proposal for proposal, _ in before ^ after}):
        leaves = sorted(reviewer for one, reviewer in before - after if one == proposal)
        comes = sorted(reviewer for one, reviewer in after - before if one == proposal)
        yield Move(proposal, tuple(leaves), tuple(comes))

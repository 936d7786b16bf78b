from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from tests.engines.assignment.test_example import CALL, THE_BEST
from tests.engines.assignment.worlds import every_assignment, solvable_problems, total_of

from banso.engines.assignment import (
    DecisionPrice,
    Infeasible,
    Move,
    assign,
    check,
    price_decisions,
    revise,
)


def test_a_fixed_pair_moves_as_few_as_it_can_and_says_what_it_costs():
    revision = revise(CALL, THE_BEST, fixed=[("orbit", "Abe")])

    assert revision.cost == 1
    assert revision.moves == (
        Move("orbit", ("Endo",), ("Abe",)),
        Move("sonar", ("Abe",), ("Endo",)),
    )
    assert check(revision.problem, revision.assignment).is_optimal


def test_each_decision_has_its_own_price():
    decided = revise(CALL, THE_BEST, fixed=[("orbit", "Abe")], forbidden=[("orbit", "Fujii")])

    prices = price_decisions(decided.problem, decided.assignment)

    assert prices == (
        DecisionPrice(code="fixed", pair=("orbit", "Abe"), cost=Fraction(0)),
        DecisionPrice(code="forbidden", pair=("orbit", "Fujii"), cost=Fraction(1, 10)),
    )


def test_a_decision_that_leaves_no_answer_is_diagnosed():
    revision = revise(CALL, THE_BEST, fixed=[("sonar", "Chiba")])

    assert isinstance(revision, Infeasible)


@settings(max_examples=60)
@given(problem=solvable_problems())
def test_solving_again_without_a_new_decision_moves_nobody(problem):
    earlier = assign(problem, seed=1)

    revision = revise(problem, earlier, seed=2)

    assert (revision.cost, revision.moves) == (0, ())


@settings(max_examples=60)
@given(problem=solvable_problems())
def test_the_price_of_a_fixed_pair_is_what_the_best_total_gains_without_it(problem):
    answer = assign(problem)

    prices = price_decisions(problem, answer)

    assert {one.pair: one.cost for one in prices if one.code == "fixed"} == {
        pair: _best_total(replace(problem, fixed=problem.fixed - {pair})) - answer.total
        for pair in problem.fixed
    }


def _best_total(problem):
    return max(total_of(problem, pairs) for pairs in every_assignment(problem))

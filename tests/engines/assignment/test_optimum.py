from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from tests.engines.assignment.worlds import (
    every_assignment,
    floor_of,
    middling,
    problems,
    total_of,
)

from banso.engines.assignment import (
    Checked,
    Cover,
    Infeasible,
    Problem,
    assign,
    check,
    is_proven_infeasible,
)

PROVEN = Checked(breaches=(), faults=(), total_gap=Fraction(0), floor_gap=None)
PROVEN_FAIR = Checked(breaches=(), faults=(), total_gap=Fraction(0), floor_gap=Fraction(0))


@settings(max_examples=100)
@given(problem=problems())
def test_the_total_is_what_trying_everything_finds(problem):
    best = max((total_of(problem, pairs) for pairs in every_assignment(problem)), default=None)

    answer = assign(problem)

    if best is None:
        assert isinstance(answer, Infeasible)
        assert is_proven_infeasible(problem, answer)
    else:
        assert (answer.total, check(problem, answer)) == (best, PROVEN)


@settings(max_examples=100)
@given(problem=problems())
def test_the_floor_is_the_best_there_is_and_the_total_the_best_above_it(problem):
    everything = [
        (floor_of(problem, pairs), total_of(problem, pairs)) for pairs in every_assignment(problem)
    ]

    answer = assign(problem, fair=True)

    if everything:
        assert (answer.floor, answer.total) == max(everything)
        assert check(problem, answer) == (PROVEN_FAIR if any(problem.demand) else PROVEN)
    else:
        assert isinstance(answer, Infeasible)


@settings(max_examples=30)
@given(problem=problems(rules=False), seed=st.integers(0, 2**32))
def test_the_order_of_ids_and_the_seed_do_not_change_the_total(problem, seed):
    order = np.random.default_rng(seed).permutation(len(problem.reviewers))
    shuffled = replace(
        problem,
        reviewers=tuple(problem.reviewers[place] for place in order),
        scores=problem.scores[:, order],
        most_load=tuple(problem.most_load[place] for place in order),
        least_load=tuple(problem.least_load[place] for place in order),
    )

    answers = [assign(problem), assign(shuffled, seed=seed)]

    assert len({getattr(one, "total", None) for one in answers}) == 1


def test_one_seed_gives_one_answer_and_ties_fall_by_the_seed():
    problem = Problem(
        proposals=("P0", "P1", "P2", "P3"),
        reviewers=("R0", "R1", "R2", "R3"),
        scores=np.ones((4, 4)),
        demand=(1, 1, 1, 1),
        most_load=(1, 1, 1, 1),
    )

    answers = [[assign(problem, seed=seed) for seed in range(8)] for _ in range(2)]

    assert answers[0] == answers[1]
    assert len({one.pairs for one in answers[0]}) > 1
    assert {(one.total, one.gap) for one in answers[0]} == {(Fraction(4), Fraction(0))}


@pytest.mark.parametrize("fair", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_a_middling_call_with_every_rule_is_proven(seed, fair):
    problem = middling(seed)

    answer = assign(problem, fair=fair)

    assert check(problem, answer) == (PROVEN_FAIR if fair else PROVEN)


def test_pairs_that_a_sparse_matrix_leaves_out_score_nothing_but_may_be_assigned():
    problem = Problem(
        proposals=("P0", "P1"),
        reviewers=("R0", "R1"),
        scores=csr_array(np.array([[0.9, 0.0], [0.8, 0.0]])),
        demand=(1, 1),
        most_load=(1, 1),
    )

    answer = assign(problem)

    assert answer.pairs == (("P0", "R0"), ("P1", "R1"))
    assert (answer.total, check(problem, answer)) == (Fraction(9, 10), PROVEN)


def test_reviewers_that_the_first_cut_left_out_are_priced_back_in():
    # Ninety-nine reviewers are better for everyone, and each can take one proposal only.
    proposals, reviewers = 120, 220
    generator = np.random.default_rng(5)
    scores = np.round(0.3 * generator.random((proposals, reviewers)), 3)
    scores[:, :99] = np.round(0.7 + 0.3 * scores[:, :99], 3)
    problem = Problem(
        proposals=tuple(f"P{row}" for row in range(proposals)),
        reviewers=tuple(f"R{column}" for column in range(reviewers)),
        scores=scores,
        demand=(1,) * proposals,
        most_load=(1,) * reviewers,
    )
    rows, columns = linear_sum_assignment(scores, maximize=True)

    answer = assign(problem)

    assert float(answer.total) == pytest.approx(scores[rows, columns].sum())
    assert check(problem, answer) == PROVEN


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"demand": (1,)}, "demand", id="demand-of-another-length"),
        pytest.param({"demand": (1, -1)}, "counts", id="negative-demand"),
        pytest.param({"conflicts": frozenset({("P9", "R0")})}, "unknown ids", id="unknown-id"),
        pytest.param({"reviewers": ("R0", "R0")}, "twice", id="id-twice"),
        pytest.param({"scores": np.ones((3, 2))}, "ids say", id="scores-of-another-shape"),
        pytest.param({"least_load": (0, 2)}, "above its most", id="least-load-above-most"),
        pytest.param(
            {"covers": (Cover(code="c", reviewers=frozenset({"R0"}), least=1, most=0),)},
            "above its most",
            id="least-of-a-cover-above-its-most",
        ),
    ],
)
def test_a_problem_that_contradicts_itself_is_refused(changed, says):
    with pytest.raises(ValueError, match=says):
        Problem(
            **{
                "proposals": ("P0", "P1"),
                "reviewers": ("R0", "R1"),
                "scores": np.ones((2, 2)),
                "demand": (1, 1),
                "most_load": (1, 1),
            }
            | changed
        )


def test_scores_that_are_no_numbers_are_refused():
    problem = Problem(
        proposals=("P0",),
        reviewers=("R0",),
        scores=np.array([[np.nan]]),
        demand=(1,),
        most_load=(1,),
    )

    with pytest.raises(ValueError, match="finite"):
        assign(problem)


@pytest.mark.parametrize("fair", [False, True])
@pytest.mark.parametrize("reviewers", [(), ("R0",)])
def test_a_call_without_proposals_is_assigned_nobody(reviewers, fair):
    problem = Problem(
        proposals=(),
        reviewers=reviewers,
        scores=np.zeros((0, len(reviewers))),
        demand=(),
        most_load=(2,) * len(reviewers),
    )

    answer = assign(problem, fair=fair)

    assert (answer.pairs, check(problem, answer)) == ((), PROVEN)

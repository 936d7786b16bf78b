from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp

from banso.engines.assignment import (
    Checked,
    Cover,
    CutShort,
    Effort,
    Infeasible,
    Problem,
    assign,
    check,
    is_proven_infeasible,
)

DEMAND, PROPOSALS, REVIEWERS = 3, 12, 9
PATIENT = Effort(nodes=2_000, nodes_a_floor=500, floors=40)
PROVEN = Checked(breaches=(), faults=(), total_gap=Fraction(0), floor_gap=Fraction(0))


def _full_call(seed, *, covers=()):
    """Every reviewer takes four of twelve proposals, and all proposals want the same three."""
    generator = np.random.default_rng(seed)
    wanted = np.where(np.arange(REVIEWERS) < DEMAND, 0.5, 0.0)
    return Problem(
        proposals=tuple(f"P{row}" for row in range(PROPOSALS)),
        reviewers=tuple(f"R{column}" for column in range(REVIEWERS)),
        scores=np.round(wanted + generator.random((PROPOSALS, REVIEWERS)) / 2, 3),
        demand=(DEMAND,) * PROPOSALS,
        most_load=(4,) * REVIEWERS,
        least_load=(4,) * REVIEWERS,
        covers=covers,
    )


def _by_another_solver(problem, floor):
    """Return the best total above a floor, from one whole model of all pairs."""
    scores = problem.scores
    rows = np.kron(np.eye(PROPOSALS), np.ones(REVIEWERS))
    columns = np.kron(np.ones(PROPOSALS), np.eye(REVIEWERS))
    sums = rows * scores.ravel()
    members = [
        LinearConstraint(
            rows * np.tile(_members(problem, cover), PROPOSALS), cover.least, cover.most
        )
        for cover in problem.covers
    ]
    solved = milp(
        -scores.ravel(),
        integrality=np.ones(scores.size),
        bounds=(0, 1),
        constraints=[
            LinearConstraint(rows, DEMAND, DEMAND),
            LinearConstraint(columns, problem.least_load, problem.most_load),
            LinearConstraint(sums, float(floor) * DEMAND - 1e-7, np.inf),
            *members,
        ],
        options={"mip_rel_gap": 0},
    )
    return None if solved.x is None else round(-solved.fun, 3)


def _members(problem, cover):
    return np.array([one in cover.reviewers for one in problem.reviewers], dtype=float)


@pytest.mark.parametrize("seed", [2, 3, 6, 12])
def test_a_search_ends_at_what_another_solver_finds(seed):
    problem = _full_call(seed)

    answer = assign(problem, fair=True, effort=PATIENT)

    assert check(problem, answer) == PROVEN
    assert float(answer.total) == _by_another_solver(problem, answer.floor)
    # The next floor that three scores of three decimals could reach.
    assert _by_another_solver(problem, answer.floor + Fraction(1, 3_000)) is None


@pytest.mark.parametrize("seed", range(4))
def test_covers_that_cross_each_other_are_searched_and_proven(seed):
    generator = np.random.default_rng(seed)
    ids = [f"R{column}" for column in range(REVIEWERS)]
    covers = tuple(
        Cover(
            code=f"g{n}", reviewers=frozenset(generator.choice(ids, 4).tolist()), least=1, most=1
        )
        for n in range(3)
    )
    problem = _full_call(seed, covers=covers)

    answer = assign(problem)

    best = _by_another_solver(problem, Fraction(-1))
    if best is None:
        assert isinstance(answer, Infeasible)
        assert is_proven_infeasible(problem, answer)
    else:
        assert (float(answer.total), check(problem, answer).is_optimal) == (best, True)


def test_a_search_that_is_cut_short_says_how_much_could_be_missing():
    problem = _full_call(3)
    proven = assign(problem, fair=True, effort=PATIENT)

    hurried = assign(problem, fair=True, effort=Effort(nodes=2, nodes_a_floor=2, floors=2))

    assert check(problem, hurried).holds
    assert hurried.floor_gap > 0
    assert hurried.floor <= proven.floor <= hurried.floor_bound


def test_leaves_of_a_search_may_not_be_left_out():
    problem = _full_call(6)
    answer = assign(problem, fair=True, effort=PATIENT)
    certificate = answer.total_certificate

    checked = [
        check(
            problem,
            replace(
                answer,
                total_certificate=replace(
                    certificate, leaves=certificate.leaves[:n] + certificate.leaves[n + 1 :]
                ),
            ),
        )
        for n in range(len(certificate.leaves))
    ]

    assert len(certificate.leaves) > 2
    assert {one.faults for one in checked} == {("total-bound",)}


def test_no_nodes_is_no_answer():
    with pytest.raises(CutShort, match="0 nodes"):
        assign(_full_call(0), effort=Effort(nodes=0))

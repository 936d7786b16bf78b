from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
from hypothesis import assume, given, settings
from tests.engines.assignment.worlds import every_assignment, problems

from banso.engines.assignment import (
    Assignment,
    Constraint,
    Cover,
    Infeasible,
    Problem,
    Relaxation,
    assign,
    is_proven_infeasible,
    relax,
)

CALL = Problem(
    proposals=("sonar", "battery", "orbit"),
    reviewers=("Abe", "Baba", "Chiba"),
    scores=np.array([[0.9, 0.5, 0.1], [0.2, 0.8, 0.3], [0.1, 0.2, 0.7]]),
    demand=(2, 2, 2),
    most_load=(2, 2, 2),
)


@settings(max_examples=120)
@given(problem=problems())
def test_what_the_diagnosis_says_is_enough_and_anything_smaller_is_not(problem):
    answer = assign(problem)
    assume(isinstance(answer, Infeasible))

    relaxed = assign(relax(problem, answer.relaxations))

    assert is_proven_infeasible(problem, answer)
    assert answer.constraints
    assert isinstance(relaxed, Assignment)
    for one in _smaller(answer.relaxations):
        assert next(every_assignment(relax(problem, one)), None) is None


def test_a_cover_of_more_reviewers_than_there_are_is_diagnosed():
    problem = replace(CALL, covers=(Cover(code="senior", reviewers=frozenset({"Abe"}), least=4),))

    answer = assign(problem)

    assert is_proven_infeasible(problem, answer)
    assert isinstance(assign(relax(problem, answer.relaxations)), Assignment)


def test_proposals_without_any_reviewers_are_diagnosed():
    problem = Problem(
        proposals=("sonar",), reviewers=(), scores=np.zeros((1, 0)), demand=(2,), most_load=()
    )

    answer = assign(problem)

    assert is_proven_infeasible(problem, answer)
    assert answer.relaxations == (Relaxation(Constraint("demand", "sonar"), -2),)


def _smaller(relaxations):
    units = [
        replace(one, by=one.by // abs(one.by)) for one in relaxations for _ in range(abs(one.by))
    ]
    for kept in combinations(range(len(units)), len(units) - 1):
        summed = {}
        for place in kept:
            one = units[place]
            summed[one.constraint] = summed.get(one.constraint, 0) + one.by
        yield tuple(Relaxation(about, by) for about, by in summed.items())


@settings(max_examples=60)
@given(problem=problems())
def test_no_single_change_of_one_helps_where_the_least_is_two(problem):
    answer = assign(problem)
    assume(isinstance(answer, Infeasible) and answer.least > 1)

    for change in _single_changes(problem):
        assert next(every_assignment(relax(problem, (change,))), None) is None


def _single_changes(problem):
    for proposal, demand in zip(problem.proposals, problem.demand, strict=True):
        yield Relaxation(Constraint("demand", proposal), 1)
        if demand:
            yield Relaxation(Constraint("demand", proposal), -1)
        for cover in problem.covers:
            yield Relaxation(Constraint("cover-most", proposal, cover=cover.code), 1)
            yield Relaxation(Constraint("cover-least", proposal, cover=cover.code), -1)
    for reviewer, least in zip(problem.reviewers, problem.least_load, strict=True):
        yield Relaxation(Constraint("most-load", reviewer=reviewer), 1)
        if least:
            yield Relaxation(Constraint("least-load", reviewer=reviewer), -1)
    for code, pairs in (("fixed", problem.fixed), ("forbidden", problem.forbidden)):
        for pair in pairs:
            yield Relaxation(Constraint(code, *pair), -1)


def test_a_proposal_with_too_few_reviewers_is_named_with_its_shortage():
    conflicts = frozenset({("sonar", "Abe"), ("sonar", "Baba")})

    answer = assign(replace(CALL, conflicts=conflicts))

    assert answer.constraints == (Constraint("demand", "sonar"),)
    assert answer.relaxations == (Relaxation(Constraint("demand", "sonar"), -1),)


def test_a_fixed_pair_with_a_conflict_is_dropped_and_never_the_conflict():
    pair = ("sonar", "Chiba")

    answer = assign(replace(CALL, fixed=frozenset({pair}), conflicts=frozenset({pair})))

    assert answer.constraints == (Constraint("conflict", *pair), Constraint("fixed", *pair))
    assert answer.relaxations == (Relaxation(Constraint("fixed", *pair), -1),)


def test_a_cover_without_candidates_is_loosened_for_its_proposal_alone():
    senior = Cover(code="senior", reviewers=frozenset({"Abe"}), least=1)
    problem = replace(CALL, covers=(senior,), conflicts=frozenset({("orbit", "Abe")}))

    answer = assign(problem)

    about = Constraint("cover-least", "orbit", cover="senior")
    assert about in answer.constraints
    assert answer.relaxations == (Relaxation(about, -1),)
    assert isinstance(assign(relax(problem, answer.relaxations)), Assignment)

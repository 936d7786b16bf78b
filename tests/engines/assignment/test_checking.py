from __future__ import annotations

import ast
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from tests.engines.assignment.worlds import middling

from banso.engines.assignment import Constraint, assign, check, checking, integers
from banso.engines.assignment.certificate import Certificate

SOLVING = {"solving", "branching", "floors", "linear", "program", "ties", "candidates"}
PROBLEM = middling(3)
ANSWER = assign(PROBLEM, fair=True)
LEAST = Fraction(1, 10**6)


def _with_multipliers(certificate, **changed):
    [*others, last] = certificate.leaves
    altered = replace(last, multipliers=replace(last.multipliers, **changed))
    return replace(certificate, leaves=(*others, altered))


def _cheaper(prices):
    return tuple(one - 10**5 for one in prices)


def test_the_answer_holds_before_anything_is_altered():
    assert check(PROBLEM, ANSWER).is_optimal
    assert check(PROBLEM, ANSWER).is_fairest


@pytest.mark.parametrize(
    ("claims", "fault"),
    [
        pytest.param({"total": ANSWER.total + LEAST}, "total", id="total"),
        pytest.param({"total_bound": ANSWER.total - LEAST}, "total-bound", id="bound-below"),
        pytest.param({"floor": ANSWER.floor + LEAST}, "floor", id="floor"),
        pytest.param({"floor_bound": ANSWER.floor - LEAST}, "floor-bound", id="floor-bound"),
        pytest.param({"floor_asked": ANSWER.floor / 2}, "total-bound", id="floor-asked"),
        pytest.param({"scores": ANSWER.scores[1:]}, "scores", id="scores"),
        pytest.param({"pairs": (*ANSWER.pairs, ANSWER.pairs[0])}, "pairs", id="a-pair-twice"),
        pytest.param({"pairs": (*ANSWER.pairs, ("P0", "X"))}, "pairs", id="an-unknown-pair"),
    ],
)
def test_a_false_claim_is_found(claims, fault):
    checked = check(PROBLEM, replace(ANSWER, **claims))

    assert fault in checked.faults
    assert not checked.holds


@pytest.mark.parametrize("dropped", range(0, len(ANSWER.pairs), 7))
def test_an_assignment_with_a_pair_less_is_not_feasible(dropped):
    pairs = ANSWER.pairs[:dropped] + ANSWER.pairs[dropped + 1 :]

    checked = check(PROBLEM, replace(ANSWER, pairs=pairs))

    assert Constraint("demand", ANSWER.pairs[dropped][0]) in checked.breaches


def test_a_worse_assignment_that_keeps_every_rule_is_not_optimal():
    barred = min(set(ANSWER.pairs) - PROBLEM.fixed)
    worse = assign(replace(PROBLEM, forbidden=PROBLEM.forbidden | {barred}))
    passed_off = replace(
        worse,
        total_bound=worse.total,
        total_certificate=assign(PROBLEM).total_certificate,
    )

    checked = check(PROBLEM, passed_off)

    assert checked.breaches == ()
    assert checked.faults == ("total-bound",)


def test_altered_multipliers_prove_less():
    plain = assign(PROBLEM)
    given = plain.total_certificate.leaves[-1].multipliers
    altered = [
        {"demand": _cheaper(given.demand)},
        {"load": tuple(-one - 1 for one in given.load)},
        {"demand": given.demand[1:]},
        {"denominator": 0},
        {"goal": 0},
        {"goal": 2},
        {"demand": (2**70, *given.demand[1:])},
        {"floor": tuple(-1 for _ in given.demand)},
        {"cover": ((99, 0, 1),)},
    ]

    checked = [
        check(
            PROBLEM,
            replace(plain, total_certificate=_with_multipliers(plain.total_certificate, **one)),
        )
        for one in altered
    ]

    assert [one.faults for one in checked] == [("total-bound",)] * len(altered)


def test_a_floor_certificate_without_its_multipliers_proves_nothing():
    lower = replace(ANSWER.floor_certificate, floor=ANSWER.floor_certificate.floor - 10)
    passed_off = replace(ANSWER, floor_certificate=lower)

    assert "floor-bound" in check(PROBLEM, passed_off).faults


def test_a_tree_with_a_branch_missing_is_refused():
    leaf = ANSWER.total_certificate.leaves[0]
    half = replace(leaf, decisions=(*leaf.decisions, (0, 0, True)))
    other = replace(leaf, decisions=(*leaf.decisions, (0, 1, False)))
    trees = [(half,), (half, other), (leaf, half), (half, half)]

    checked = [
        check(
            PROBLEM,
            replace(ANSWER, total_certificate=replace(ANSWER.total_certificate, leaves=leaves)),
        )
        for leaves in trees
    ]

    assert [one.total_gap for one in checked] == [None] * len(trees)


@pytest.mark.parametrize("place", [(99, 0), (0, 99), (-1, 0), (2**70, 0)])
def test_decisions_on_pairs_that_do_not_exist_prove_nothing(place):
    plain = assign(PROBLEM)
    leaf = plain.total_certificate.leaves[0]
    leaves = tuple(replace(leaf, decisions=((*place, way),)) for way in (True, False))

    checked = check(
        PROBLEM, replace(plain, total_certificate=Certificate(floor=None, leaves=leaves))
    )

    assert checked.total_gap is None


@pytest.mark.parametrize("floor", [2**70, -(2**70), -(2**63) + 1])
def test_floors_that_the_arithmetic_cannot_hold_prove_nothing(floor):
    certificate = replace(ANSWER.floor_certificate, floor=floor)
    units = integers.SCALE * integers.whole(PROBLEM).common_demand
    passed_off = replace(
        ANSWER,
        total_certificate=certificate,
        floor_certificate=certificate,
        floor_asked=Fraction(floor, units),
    )

    checked = check(PROBLEM, passed_off)

    assert (checked.total_gap, checked.floor_gap) == (None, None)


def test_a_denominator_that_the_arithmetic_cannot_hold_proves_nothing():
    problem = replace(PROBLEM, scores=np.zeros_like(PROBLEM.scores))
    plain = assign(problem)
    altered = _with_multipliers(plain.total_certificate, denominator=2**70)

    checked = check(problem, replace(plain, total_certificate=altered))

    assert checked.faults == ("total-bound",)


def test_the_checker_names_each_rule_that_is_broken():
    [fixed, *_] = sorted(PROBLEM.fixed)
    conflict, forbidden = min(PROBLEM.conflicts), min(PROBLEM.forbidden)
    pairs = tuple((one, "R0") for one in PROBLEM.proposals if one != fixed[0])

    checked = check(PROBLEM, replace(ANSWER, pairs=(*pairs, conflict, forbidden)))

    broken = set(checked.breaches)
    assert Constraint("most-load", reviewer="R0") in broken
    assert Constraint("fixed", *fixed) in broken
    assert Constraint("conflict", *conflict) in broken
    assert Constraint("forbidden", *forbidden) in broken
    assert {one.code for one in broken} >= {"demand", "least-load"}


def test_the_checker_knows_no_solver():
    seen, waiting = set(), [Path(checking.__file__)]
    while waiting:
        module = waiting.pop()
        seen.add(module.stem)
        for name in _imports(module):
            assert name.split(".")[0] != "highspy"
            *_, last = name.split(".")
            found = module.with_name(f"{last}.py")
            if name.startswith("banso.engines.assignment.") and found.stem not in seen:
                waiting.append(found)

    assert seen.isdisjoint(SOLVING)


def _imports(module):
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)

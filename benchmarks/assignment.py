"""Reviewers to proposals: time, proof and rules kept, against the plain linear program and greedy.

Problems are drawn from topics: proposals and reviewers are mixtures of a few topics, a score is
mostly the likeness of two mixtures and a little chance. The engine was tuned on seeds 0 to 4;
reported are seeds 100 to 102. Seconds are of the wall clock, with the process's own beside them
(the engine runs on one core), since other work on the machine lengthens only the first.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, vstack

from banso.engines.assignment import (
    Assignment,
    Checked,
    Cover,
    Problem,
    assign,
    check,
    is_proven_infeasible,
)
from benchmarks.figures import Figure, report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Scores: TypeAlias = NDArray[np.float64]

REPORTED = range(100, 103)
LARGE = (5_000, 2_800)
MIDDLE = (600, 340)
WORKSHOP = (118, 177)
EACH, MOST = 3, 6
LARGE_SECONDS, WORKSHOP_SECONDS = 15.0, 10.0
RANDOM_PROBLEMS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One assignment with its check and its times."""

    assignment: Assignment
    checked: Checked
    solved_in: float
    seconds: float
    own_seconds: float


def main() -> int:
    """Report every part; `--quick` leaves out the 5,000 proposals with a floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    figures = [*against_plain()]
    for kind in ("spread", "full", "crowded"):
        figures += workshop(kind)
    figures += [*random_problems(), *large()]
    if not arguments.quick:
        figures += large_with_floor()
    report("assignment", figures, as_json=arguments.json)
    return 0


def large() -> list[Figure]:
    """Measure the proven total of a large call, the check included."""
    problems = [topical(*LARGE, seed=seed, most=MOST) for seed in REPORTED]
    runs = [run(problem) for problem in problems]
    by_greedy = _total(problems[0], greedy(problems[0]))
    total = float(runs[0].assignment.total)
    return [
        *_seconds("total, 5,000 x 2,800, solved and checked, slowest", runs, LARGE_SECONDS),
        _count("total, 5,000 x 2,800: not proven optimal", _unproven(runs), len(runs)),
        Figure(
            figure="total, 5,000 x 2,800, beside greedy",
            value=round(total, 1),
            unit="score",
            baseline=round(by_greedy, 1),
            ratio=round(total / by_greedy, 4),
        ),
    ]


def large_with_floor() -> list[Figure]:
    """Measure floor and total of one large call."""
    one = run(topical(*LARGE, seed=REPORTED[0], most=MOST), fair=True)
    return [
        *_seconds("floor and total, 5,000 x 2,800, solved and checked", [one], None),
        *_gaps("5,000 x 2,800", [one]),
    ]


def against_plain() -> list[Figure]:
    """Compare with a linear program that writes every pair down."""
    problem = topical(*MIDDLE, seed=REPORTED[0], most=MOST)
    mine = run(problem)
    started = time.perf_counter()
    plain = plain_total(problem)
    plain_seconds = time.perf_counter() - started
    return [
        Figure(
            figure="600 x 340, beside the plain linear program",
            value=round(mine.solved_in, 3),
            unit="s",
            baseline=round(plain_seconds, 3),
            ratio=round(mine.solved_in / plain_seconds, 3),
        ),
        Figure(
            figure="600 x 340, total beside the plain linear program",
            value=float(mine.assignment.total),
            unit="score",
            baseline=round(plain, 6),
            ratio=round(float(mine.assignment.total) / plain, 9),
            target="the same total",
            met=abs(float(mine.assignment.total) - plain) < 1 / 10**6,
        ),
    ]


def workshop(kind: str) -> list[Figure]:
    """Measure floor and total of a small call, by how much its proposals compete."""
    problems = [_workshop(kind, seed) for seed in REPORTED]
    runs = [run(problem, fair=True) for problem in problems]
    floors = sum(float(one.assignment.floor) for one in runs)
    unfair = sum(_floor(problem, greedy(problem)) for problem in problems)
    without = sum(float(run(problem).assignment.floor) for problem in problems)
    proven = sum(one.checked.is_fairest for one in runs)
    return [
        *_seconds(f"floor, 118 x 177 {kind}, slowest", runs, WORKSHOP_SECONDS),
        Figure(
            figure=f"floor, 118 x 177 {kind}: floor proven best",
            value=proven,
            unit=f"of {len(runs)}",
            target="all",
            met=proven == len(runs),
        ),
        *_gaps(f"118 x 177 {kind}", runs),
        _beside(f"floor, 118 x 177 {kind}, beside greedy", floors, unfair),
        _beside(f"floor, 118 x 177 {kind}, beside the best total alone", floors, without),
    ]


def random_problems() -> list[Figure]:
    """Check many small problems with every kind of rule."""
    started, conflicts, overloads, unproven, infeasible = time.perf_counter(), 0, 0, 0, 0
    for seed in range(RANDOM_PROBLEMS):
        problem = any_rules(seed)
        answer = assign(problem, seed=seed)
        if isinstance(answer, Assignment):
            checked = check(problem, answer)
            codes = [one.code for one in checked.breaches]
            conflicts += codes.count("conflict")
            overloads += codes.count("most-load")
            unproven += not checked.is_optimal
        else:
            infeasible += 1
            unproven += not is_proven_infeasible(problem, answer)
    seconds = time.perf_counter() - started
    return [
        _count("1,000 random problems: conflicts", conflicts, RANDOM_PROBLEMS),
        _count("1,000 random problems: overloads", overloads, RANDOM_PROBLEMS),
        _count("1,000 random problems: answers not proven", unproven, RANDOM_PROBLEMS),
        Figure(
            figure="1,000 random problems: proven infeasible", value=infeasible, unit="problems"
        ),
        Figure(figure="1,000 random problems: time", value=round(seconds, 1), unit="s"),
    ]


def topical(
    proposals: int, reviewers: int, *, seed: int, most: int, least: int = 0, crowded: int = 0
) -> Problem:
    """Draw a call; `crowded` proposals keep to four of the twenty-five topics."""
    generator = np.random.default_rng(seed)
    asked = generator.dirichlet(np.full(25, 0.08), proposals)
    narrow = np.concatenate([np.full(4, 1.0), np.full(21, 0.01)])
    asked[:crowded] = generator.dirichlet(narrow, crowded)
    known = generator.dirichlet(np.full(25, 0.12), reviewers)
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    known /= np.linalg.norm(known, axis=1, keepdims=True)
    chance = generator.random((proposals, reviewers))
    return Problem(
        proposals=tuple(f"P{row}" for row in range(proposals)),
        reviewers=tuple(f"R{column}" for column in range(reviewers)),
        scores=np.round(0.8 * (asked @ known.T) + 0.2 * chance, 6),
        demand=(EACH,) * proposals,
        most_load=(most,) * reviewers,
        least_load=(least,) * reviewers,
    )


def any_rules(seed: int) -> Problem:
    """Draw a small call with conflicts, decided pairs, loads and covers, solvable or not."""
    generator = np.random.default_rng(seed)
    proposals, reviewers = (int(one) for one in generator.integers(6, 25, size=2))
    ids = [f"P{row}" for row in range(proposals)], [f"R{column}" for column in range(reviewers)]
    places = generator.permutation(proposals * reviewers)[: proposals + 6].tolist()
    pairs = [(ids[0][place // reviewers], ids[1][place % reviewers]) for place in places]
    companies = [frozenset(ids[1][first::5]) for first in range(5)]
    load = 1 + EACH * proposals // reviewers
    return Problem(
        proposals=tuple(ids[0]),
        reviewers=tuple(ids[1]),
        scores=np.round(generator.random((proposals, reviewers)), 2),
        demand=(EACH,) * proposals,
        most_load=(load + int(generator.integers(0, 2)),) * reviewers,
        least_load=(int(generator.integers(0, 2)),) * reviewers,
        conflicts=frozenset(pairs[6:]),
        fixed=frozenset(pairs[:3]),
        forbidden=frozenset(pairs[3:6]),
        covers=(
            *(
                Cover(code=f"c{place}", reviewers=one, most=2)
                for place, one in enumerate(companies)
            ),
            Cover(code="senior", reviewers=frozenset(ids[1][: reviewers // 2]), least=1),
        ),
    )


def run(problem: Problem, *, fair: bool = False) -> Run:
    """Assign and check, each with its time."""
    started, own = time.perf_counter(), time.process_time()
    answer = assign(problem, fair=fair)
    solved = time.perf_counter()
    if not isinstance(answer, Assignment):
        raise SystemExit("a drawn call has no answer")
    checked = check(problem, answer)
    return Run(
        assignment=answer,
        checked=checked,
        solved_in=solved - started,
        seconds=time.perf_counter() - started,
        own_seconds=time.process_time() - own,
    )


def greedy(problem: Problem) -> list[tuple[int, int]]:
    """Take the best pair that still fits, again and again; then whoever is left."""
    scores = np.asarray(problem.scores)
    most, needed = np.array(problem.most_load), np.array(problem.demand)
    chosen: set[tuple[int, int]] = set()
    for place in np.argsort(-scores, axis=None, kind="stable"):
        row, column = divmod(int(place), scores.shape[1])
        if needed[row] and most[column]:
            needed[row] -= 1
            most[column] -= 1
            chosen.add((row, column))
            if not needed.any():
                break
    return sorted(chosen)


def plain_total(problem: Problem) -> float:
    """Solve the linear program over every pair at once."""
    rows, columns = (one.ravel() for one in np.indices(problem.scores.shape))
    pairs = np.arange(len(rows))
    demand = coo_array((np.ones(len(rows)), (rows, pairs)))
    loads = coo_array((np.ones(len(rows)), (columns, pairs)))
    solved = linprog(
        -np.asarray(problem.scores).ravel(),
        A_ub=vstack([loads, -loads]).tocsc(),
        b_ub=[*problem.most_load, *(-least for least in problem.least_load)],
        A_eq=demand.tocsc(),
        b_eq=problem.demand,
        bounds=(0, 1),
        method="highs",
    )
    return -float(solved.fun)


def _workshop(kind: str, seed: int) -> Problem:
    if kind == "full":  # exactly as many places as are needed
        return topical(*WORKSHOP, seed=seed, most=2, least=2)
    return topical(*WORKSHOP, seed=seed, most=4, crowded=60 if kind == "crowded" else 0)


def _total(problem: Problem, pairs: Sequence[tuple[int, int]]) -> float:
    rows, columns = np.array(pairs).T
    return float(np.asarray(problem.scores)[rows, columns].sum())


def _floor(problem: Problem, pairs: Sequence[tuple[int, int]]) -> float:
    sums = np.zeros(len(problem.proposals))
    rows, columns = np.array(pairs).T
    np.add.at(sums, rows, np.asarray(problem.scores)[rows, columns])
    return float(sums.min()) / EACH


def _unproven(runs: Sequence[Run]) -> int:
    return sum(not one.checked.is_optimal for one in runs)


def _gaps(name: str, runs: Sequence[Run]) -> list[Figure]:
    floors = [
        float(one.assignment.floor_gap / one.assignment.floor_bound)
        for one in runs
        if one.assignment.floor_bound
    ]
    totals = [float(one.assignment.gap / one.assignment.total_bound) for one in runs]
    return [
        Figure(figure=f"{name}: floor gap, largest", value=round(max(floors) * 100, 3), unit="%"),
        Figure(
            figure=f"{name}: total gap above it, largest",
            value=round(max(totals) * 100, 4),
            unit="%",
        ),
        Figure(
            figure=f"{name}: total proven best above it",
            value=len(runs) - _unproven(runs),
            unit=f"of {len(runs)}",
        ),
    ]


def _seconds(figure: str, runs: Sequence[Run], most: float | None) -> list[Figure]:
    slowest = max(runs, key=lambda one: one.seconds)
    return [
        Figure(
            figure=figure,
            value=round(slowest.seconds, 2),
            unit="s",
            target="" if most is None else f"< {most:.0f} s",
            met=None if most is None else slowest.seconds < most,
        ),
        Figure(figure=f"{figure}, own", value=round(slowest.own_seconds, 2), unit="s"),
    ]


def _count(figure: str, value: int, of: int) -> Figure:
    return Figure(figure=figure, value=value, unit=f"of {of}", target="0", met=value == 0)


def _beside(figure: str, value: float, baseline: float) -> Figure:
    return Figure(
        figure=figure,
        value=round(value, 3),
        unit="score",
        baseline=round(baseline, 3),
        ratio=round(value / baseline, 3),
    )


if __name__ == "__main__":
    sys.exit(main())

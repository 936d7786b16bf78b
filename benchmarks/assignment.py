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

from banso.engines.assignment import (
    Assignment,
    Checked,
    Problem,
    assign,
    check,
    is_proven_infeasible,
)
from benchmarks.figures import Figure, report
from benchmarks.judges.assignment_problems import (
    MOST,
    any_rules,
    floor_of,
    greedy,
    plain_total,
    topical,
    total_of,
    workshop_problem,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Scores: TypeAlias = NDArray[np.float64]

REPORTED = range(100, 103)
LARGE = (5_000, 2_800)
MIDDLE = (600, 340)
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
        figures += large_withfloor_of()
    report("assignment", figures, as_json=arguments.json)
    return 0


def large() -> list[Figure]:
    """Measure the proven total of a large call, the check included."""
    problems = [topical(*LARGE, seed=seed, most=MOST) for seed in REPORTED]
    runs = [run(problem) for problem in problems]
    by_greedy = total_of(problems[0], greedy(problems[0]))
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


def large_withfloor_of() -> list[Figure]:
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
    problems = [workshop_problem(kind, seed) for seed in REPORTED]
    runs = [run(problem, fair=True) for problem in problems]
    floors = sum(float(one.assignment.floor) for one in runs)
    unfair = sum(floor_of(problem, greedy(problem)) for problem in problems)
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

"""Sample problems of assignment, and what others would answer them with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, vstack

from banso.engines.assignment import (
    Cover,
    Problem,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

EACH, MOST = 3, 6
WORKSHOP = (118, 177)


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


def workshop_problem(kind: str, seed: int) -> Problem:
    """Draw a call as large as the workshop of the gold standard."""
    if kind == "full":  # exactly as many places as are needed
        return topical(*WORKSHOP, seed=seed, most=2, least=2)
    return topical(*WORKSHOP, seed=seed, most=4, crowded=60 if kind == "crowded" else 0)


def total_of(problem: Problem, pairs: Sequence[tuple[int, int]]) -> float:
    """Add up what the pairs score."""
    rows, columns = np.array(pairs).T
    return float(np.asarray(problem.scores)[rows, columns].sum())


def floor_of(problem: Problem, pairs: Sequence[tuple[int, int]]) -> float:
    """Give the mean of the proposal that is served worst."""
    sums = np.zeros(len(problem.proposals))
    rows, columns = np.array(pairs).T
    np.add.at(sums, rows, np.asarray(problem.scores)[rows, columns])
    return float(sums.min()) / EACH

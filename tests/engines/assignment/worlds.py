"""Small problems drawn at random, and the slow way to solve them."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from banso.engines.assignment import Cover, Infeasible, Problem, assign, relax

GRAINS = 8  # scores are eighths of a coarse scale, so that ties are common


@st.composite
def problems(draw, *, rules=True):
    """Draw up to four proposals and five reviewers, often with too many rules to satisfy."""
    proposals = draw(st.integers(1, 4))
    reviewers = draw(st.integers(1, 5))
    grains = st.lists(st.integers(0, GRAINS), min_size=reviewers, max_size=reviewers)
    scores = draw(st.lists(grains, min_size=proposals, max_size=proposals))
    ids = [f"P{row}" for row in range(proposals)], [f"R{column}" for column in range(reviewers)]
    most = draw(st.lists(st.integers(0, 4), min_size=reviewers, max_size=reviewers))
    least = [draw(st.integers(0, min(1, one))) for one in most] if rules else [0] * reviewers
    pair = st.tuples(st.sampled_from(ids[0]), st.sampled_from(ids[1]))
    few = st.frozensets(pair, max_size=2) if rules else st.just(frozenset())
    cover = st.builds(
        Cover,
        code=st.sampled_from(["company", "senior"]),
        reviewers=st.frozensets(st.sampled_from(ids[1])),
        least=st.integers(0, 1),
        most=st.none() | st.integers(1, 2),
    )
    covers = st.lists(cover, max_size=2, unique_by=lambda one: one.code) if rules else st.just([])
    return Problem(
        proposals=tuple(ids[0]),
        reviewers=tuple(ids[1]),
        scores=np.array(scores, dtype=np.float64) / GRAINS,
        demand=tuple(draw(st.lists(st.integers(0, 3), min_size=proposals, max_size=proposals))),
        most_load=tuple(most),
        least_load=tuple(least),
        conflicts=draw(few),
        fixed=draw(few),
        forbidden=draw(few),
        covers=tuple(draw(covers)),
    )


@st.composite
def solvable_problems(draw):
    """Draw a problem, loosened by as little as it needs to have an answer."""
    problem = draw(problems())
    answer = assign(problem)
    return relax(problem, answer.relaxations) if isinstance(answer, Infeasible) else problem


def every_assignment(problem):
    """Yield all assignments that keep all constraints, by trying everything."""
    yield from _rest(problem, 0, ())


def _rest(problem, row, pairs):
    if row == len(problem.proposals):
        if _loads_are_kept(problem, pairs) and problem.fixed <= set(pairs):
            yield pairs
        return
    proposal = problem.proposals[row]
    for chosen in combinations(problem.reviewers, problem.demand[row]):
        mine = {(proposal, reviewer) for reviewer in chosen}
        if mine & (problem.conflicts | problem.forbidden):
            continue
        if all(_covers(cover, proposal, chosen) for cover in problem.covers):
            longer = (*pairs, *sorted(mine))
            if _is_not_over(problem, longer):
                yield from _rest(problem, row + 1, longer)


def _covers(cover, proposal, chosen):
    if cover.proposals is not None and proposal not in cover.proposals:
        return True
    members = len(cover.reviewers.intersection(chosen))
    return cover.least <= members and (cover.most is None or members <= cover.most)


def _is_not_over(problem, pairs):
    loads = [sum(one == reviewer for _, one in pairs) for reviewer in problem.reviewers]
    return all(load <= most for load, most in zip(loads, problem.most_load, strict=True))


def _loads_are_kept(problem, pairs):
    loads = [sum(one == reviewer for _, one in pairs) for reviewer in problem.reviewers]
    least = problem.least_load or [0] * len(loads)
    return all(few <= load for few, load in zip(least, loads, strict=True))


def total_of(problem, pairs):
    return sum((_score(problem, pair) for pair in pairs), Fraction(0))


def floor_of(problem, pairs):
    means = [
        sum((_score(problem, pair) for pair in pairs if pair[0] == proposal), Fraction(0)) / demand
        for proposal, demand in zip(problem.proposals, problem.demand, strict=True)
        if demand
    ]
    return min(means, default=Fraction(0))


def _score(problem, pair):
    row, column = problem.proposals.index(pair[0]), problem.reviewers.index(pair[1])
    return Fraction(round(problem.scores[row, column] * 10**6), 10**6)


def middling(seed, *, proposals=14, reviewers=16):
    """Draw a call with every kind of rule that still has an answer."""
    generator = np.random.default_rng(seed)
    ids = [f"P{row}" for row in range(proposals)], [f"R{column}" for column in range(reviewers)]
    ways = generator.permutation(proposals * reviewers)[:24]
    pairs = [(ids[0][way // reviewers], ids[1][way % reviewers]) for way in ways.tolist()]
    companies = [frozenset(ids[1][first::4]) for first in range(4)]
    return Problem(
        proposals=tuple(ids[0]),
        reviewers=tuple(ids[1]),
        scores=np.round(generator.random((proposals, reviewers)), 2),
        demand=(3,) * proposals,
        most_load=(4,) * reviewers,
        least_load=(1,) * reviewers,
        conflicts=frozenset(pairs[:16]),
        fixed=frozenset(pairs[16:18]),
        forbidden=frozenset(pairs[18:]),
        covers=(
            *(Cover(code=f"c{n}", reviewers=one, most=2) for n, one in enumerate(companies)),
            Cover(code="senior", reviewers=frozenset(ids[1][:8]), least=1),
        ),
    )

"""What follows at once from decided pairs, by counting and by the floor, in whole numbers.

A pair is ruled out when even the best company would leave its proposal below the floor, or when
its reviewer is full; it is forced when without it the proposal or the reviewer cannot be served.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from banso.engines.assignment.integers import Integers, Marks, WholeProblem

NEVER = -(2**60)


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """The pairs that are taken, and those that are still open."""

    taken: Marks
    open: Marks


def everything(whole: WholeProblem) -> Room | None:
    """Return the room in which nothing is decided; None when a fixed pair is not allowed."""
    if bool((whole.fixed & ~whole.allowed).any()):
        return None
    return Room(whole.fixed, whole.allowed & ~whole.fixed)


def narrow(
    whole: WholeProblem,
    thresholds: Integers | None,
    decisions: Iterable[tuple[int, int, bool]] = (),
) -> Room | None:
    """Follow the decisions to their consequences; None when they contradict the problem."""
    taken = whole.fixed.copy()
    free = whole.allowed & ~taken
    for row, column, is_taken in decisions:
        if is_taken:
            taken[row, column] |= free[row, column]
            refused = not taken[row, column]
        else:
            refused = bool(taken[row, column])
        free[row, column] = False
        if refused:
            return None
    if everything(whole) is None:
        return None
    while True:
        step = _step(whole, thresholds, taken, free)
        if step is None:
            return None
        forced, barred = step
        if not forced.any() and not barred.any():
            return Room(taken, free)
        taken |= forced
        free &= ~(forced | barred)


def _step(
    whole: WholeProblem, thresholds: Integers | None, taken: Marks, free: Marks
) -> tuple[Marks, Marks] | None:
    needed = whole.demand - taken.sum(axis=1)
    found = free.sum(axis=1)
    room = whole.most_load - taken.sum(axis=0)
    wanted = whole.least_load - taken.sum(axis=0)
    offered = free.sum(axis=0)
    if (needed < 0).any() or (found < needed).any():
        return None
    if (room < 0).any() or (offered < wanted).any():
        return None
    # A row that is both full and just enough (nothing needed, nothing open) marks no pair.
    forced = free & ((found == needed)[:, None] | ((offered == wanted) & (wanted > 0))[None, :])
    barred = free & ((needed == 0)[:, None] | (room == 0)[None, :])
    if (forced & barred).any():
        return None
    if thresholds is None or forced.any() or barred.any():
        return forced, barred
    return _by_floor(whole, thresholds - (whole.scores * taken).sum(axis=1), needed, free)


def _by_floor(
    whole: WholeProblem, missing: Integers, needed: Integers, free: Marks
) -> tuple[Marks, Marks] | None:
    """Compare each open pair with the best company it can have, and the best without it."""
    scores = np.where(free, whole.scores, NEVER)
    width = min(int(needed.max(initial=0)) + 1, scores.shape[1])
    if width <= 1:
        return None if (missing > 0).any() else (np.zeros_like(free), np.zeros_like(free))
    best = -np.sort(-np.partition(scores, -width, axis=1)[:, -width:], axis=1)
    # Where fewer are open, nothing is ever left over: such rows were forced before.
    sums = np.concatenate(
        [
            np.zeros((len(best), 1), dtype=np.int64),
            np.cumsum(np.maximum(best, NEVER // 4096), axis=1),
        ],
        axis=1,
    )
    rows = np.arange(len(best))
    top = sums[rows, needed]
    if (missing > top).any():
        return None
    last = np.where(needed > 0, best[rows, np.maximum(needed - 1, 0)], 0)
    following = best[rows, np.minimum(needed, width - 1)]
    is_among_best = scores >= last[:, None]
    # Pair in: it replaces the last of the best unless it is one of them.
    with_it = top[:, None] - np.where(is_among_best, 0, last[:, None] - scores)
    without_it = top[:, None] - np.where(is_among_best, scores - following[:, None], 0)
    active = free & (needed > 0)[:, None]
    barred = active & (with_it < missing[:, None])
    forced = active & (without_it < missing[:, None]) & ~barred
    return forced, barred

"""The few pairs to begin with; which ones only decides how soon the program is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from banso.engines.assignment.integers import Integers, Marks, WholeProblem
    from banso.engines.assignment.search.program import Floats

WIDE, NARROW = 80, 12  # pairs of a proposal that are looked at, and that are kept
PASSES = 30
FIRST_STEP, SLOWER = 0.2, 0.9


def promising(whole: WholeProblem) -> Marks:
    """Mark each proposal's best pairs, at the scores and at prices that spread the load."""
    free = whole.allowed & ~whole.fixed
    if not free.any():
        return free
    scores = np.where(free, whole.scores, np.iinfo(np.int64).min // 2)
    marks = np.zeros(whole.shape, dtype=np.bool_)
    wide = _best(scores, max(WIDE, 4 * int(whole.demand.max(initial=0))))
    near = np.take_along_axis(scores, wide, axis=1)
    narrow = max(NARROW, 2 * int(whole.demand.max(initial=0)))
    for prices in (np.zeros(whole.shape[1]), _spreading_prices(whole, wide, near)):
        chosen = _best(near - prices[wide], narrow)
        np.put_along_axis(marks, np.take_along_axis(wide, chosen, axis=1), values=True, axis=1)
    needy = np.flatnonzero(whole.least_load)
    if len(needy):
        wanted = int(whole.least_load.max()) + 2
        best = _best(scores[:, needy].T, wanted)
        marks[best.ravel(), np.repeat(needy, best.shape[1])] = True
    return marks & free


def _spreading_prices(whole: WholeProblem, wide: Integers, near: Integers) -> Integers:
    """Raise the price of whom too many want, a little less each time."""
    prices = np.zeros(whole.shape[1])
    step = FIRST_STEP * float(np.abs(whole.scores).max(initial=0))
    wanted = max(1, int(np.median(whole.demand)))
    room = np.maximum(whole.most_load, 1)
    for _ in range(PASSES):
        chosen = _best(near - prices[wide], wanted)
        loads = np.bincount(
            np.take_along_axis(wide, chosen, axis=1).ravel(), minlength=whole.shape[1]
        )
        prices = np.maximum(0.0, prices + step * (loads - whole.most_load) / room)
        step *= SLOWER
    return prices.astype(np.int64)


def _best(values: Integers | Floats, count: int) -> Integers:
    """Return the places of the highest few of each row."""
    if count >= values.shape[1]:
        return np.tile(np.arange(values.shape[1]), (len(values), 1))
    return np.argpartition(-values, count, axis=1)[:, :count]

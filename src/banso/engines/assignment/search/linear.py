"""Linear programs over all pairs, though only those that would pay are ever written down.

Pairs enter as columns when the prices say that they would pay (column generation, so that cut
pairs are priced and the optimum is that of the full problem), covers as rows when a solution
breaks them. The prices at the end become the multipliers of a certificate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from banso.engines.assignment.certificate import LARGEST, Multipliers
from banso.engines.assignment.integers import SCALE, above_floor
from banso.engines.assignment.search.program import Program

if TYPE_CHECKING:
    from banso.engines.assignment.integers import CoverRows, Integers, Marks, WholeProblem
    from banso.engines.assignment.narrowing import Room
    from banso.engines.assignment.search.program import Floats, Slack

FEASIBLE, TOTAL = 0, 1
NEGLIGIBLE = 1e-6
PAYS = {FEASIBLE: 1e-8, TOTAL: 1e-4}  # how much a pair must promise before it enters
ENTERING_A_ROW = 8
ROWS_AT_ONCE = 512
DEARER = 64.0


@dataclass(frozen=True, slots=True, eq=False)
class Relaxed:
    """A solution in parts of pairs, what each count gave way by, and the price of each row."""

    pairs: Integers
    amounts: Floats
    slack: Floats
    prices: Floats
    covers: tuple[tuple[int, int], ...]

    @property
    def is_feasible(self) -> bool:
        """Whether every count was kept."""
        return float(self.slack.sum()) <= NEGLIGIBLE

    @property
    def is_whole(self) -> bool:
        """Whether each pair is either in or out."""
        return len(self.fractional()) == 0

    def fractional(self) -> Integers:
        """Return which pairs are neither in nor out."""
        return np.flatnonzero(np.abs(self.amounts - np.rint(self.amounts)) > NEGLIGIBLE)

    def marks(self, shape: tuple[int, int]) -> Marks:
        """Return the pairs that are in."""
        marks = np.zeros(shape, dtype=np.bool_)
        rows, columns = self.pairs[self.amounts > 1 / 2].T
        marks[rows, columns] = True
        return marks


class LinearProgram:
    """One program that is solved again and again under changing decisions and floors."""

    def __init__(
        self,
        whole: WholeProblem,
        *,
        worth: Integers | None = None,
        wishes: Integers | None = None,
    ) -> None:
        self._given = self._whole = whole
        self._program = Program(whole)
        worth = whole.scores if worth is None else worth
        self._worth = {FEASIBLE: wishes, TOTAL: worth}
        self._dearness = 32.0 * (1.0 + float(np.abs(worth).max(initial=0)))
        self._floor: int | None = None

    @property
    def slacks(self) -> list[Slack]:
        """The counts in the order of `Relaxed.slack`."""
        return self._program.slacks

    def enter(self, marks: Marks) -> None:
        """Write these pairs down from the start."""
        self._program.enter(marks, self._worth[TOTAL])

    def ask_floor(self, floor: int | None) -> None:
        """Hold each proposal to a floor, and to the covers that it implies, or to none."""
        if floor == self._floor:
            return
        entered, self._floor = self._program.entered, floor
        self._whole = above_floor(self._given, floor)
        self._program = Program(self._whole)
        self._program.ask_floor(self._whole.thresholds(floor))
        self._program.enter(entered, self._worth[TOTAL])

    def solve(self, room: Room, goal: int = TOTAL) -> Relaxed:
        """Solve over all open pairs of the room; slack remains only where nothing else helps."""
        self._program.enter(room.taken, self._worth[goal])
        dearness = 1.0 if goal == FEASIBLE else self._dearness
        relaxed = self._converge(room, goal, dearness)
        if goal == TOTAL and not relaxed.is_feasible:
            relaxed = self._converge(room, goal, dearness * DEARER)
        return relaxed

    def solve_whole(self, room: Room, goal: int, *, nodes: int) -> Relaxed | None:
        """Solve in whole pairs over what is written down; None where it is cut short."""
        dearness = 1.0 if goal == FEASIBLE else self._dearness
        self._program.aim(self._worth[goal], dearness)
        self._program.restrict(room.taken, room.open)
        while True:
            answer = self._program.solve_whole(nodes=nodes)
            if answer is None:
                return None
            amounts, slack = answer
            covers, unpriced = tuple(self._program.cover_rows), np.zeros(0)
            relaxed = Relaxed(self._program.pairs[:, :2], amounts, slack, unpriced, covers)
            if not self._hold_broken_covers(relaxed, goal, dearness):
                return relaxed

    def multipliers(self, relaxed: Relaxed, goal: int, *, bits: int) -> Multipliers:
        """Round the prices to so many bits behind the point, fewer where they would not fit."""
        proposals, reviewers = self._whole.shape
        unit = SCALE if goal == FEASIBLE else 1  # an empty leaf may be told in any unit
        prices = relaxed.prices * unit
        floors = self.floor_prices(relaxed) * unit
        largest = (goal + floors.max(initial=0)) * float(np.abs(self._whole.scores).max(initial=1))
        largest += 3 * float(np.abs(prices).max(initial=1))
        while bits and largest * 2.0**bits >= LARGEST / 4:
            bits -= 1
        rounded = np.rint(prices * 2.0**bits).astype(np.int64).tolist()
        first = 2 * proposals + reviewers
        floor = (
            np.rint(floors * 2.0**bits).astype(np.int64).tolist()
            if self._floor is not None
            else ()
        )
        paid = zip(relaxed.covers, rounded[first:], strict=True)
        return Multipliers(
            goal=goal,
            denominator=2**bits,
            demand=tuple(rounded[:proposals]),
            load=tuple(rounded[proposals : proposals + reviewers]),
            floor=tuple(floor),
            cover=tuple((cover, row, price) for (cover, row), price in paid if price),
        )

    def floor_prices(self, relaxed: Relaxed) -> Floats:
        """Return how hard the floor presses on each proposal, in total per score."""
        proposals, reviewers = self._whole.shape
        prices: Floats = -relaxed.prices[proposals + reviewers :][:proposals] / SCALE
        return np.maximum(0.0, prices)

    def _converge(self, room: Room, goal: int, dearness: float) -> Relaxed:
        self._program.aim(self._worth[goal], dearness)
        self._program.restrict(room.taken, room.open)
        while True:
            amounts, slack, prices = self._program.solve()
            covers = tuple(self._program.cover_rows)
            pairs = self._program.pairs[:, :2]
            relaxed = Relaxed(pairs, amounts, slack, prices, covers)
            entered = self._program.enter(self._paying(room, goal, relaxed), self._worth[goal])
            if entered:
                self._program.restrict(room.taken, room.open)
            elif not self._hold_broken_covers(relaxed, goal, dearness):
                return relaxed

    def _paying(self, room: Room, goal: int, relaxed: Relaxed) -> Marks:
        """Mark the best few pairs of each row that would pay at these prices."""
        marks = np.zeros(self._whole.shape, dtype=np.bool_)
        missing = room.open & self._program.missing
        for start in range(0, len(marks), ROWS_AT_ONCE):
            rows = slice(start, start + ROWS_AT_ONCE)
            if missing[rows].any():
                gains = np.where(missing[rows], self._gains(goal, relaxed, rows), -np.inf)
                marks[rows] = _best_above(gains, PAYS[goal])
        return marks

    def _gains(self, goal: int, relaxed: Relaxed, rows: slice) -> Floats:
        proposals, reviewers = self._whole.shape
        worth, prices = self._worth[goal], relaxed.prices
        gains = -(prices[:proposals][rows, None] + prices[proposals : proposals + reviewers])
        if worth is not None:
            gains += worth[rows]
        if self._floor is not None:
            floors = prices[proposals + reviewers :][:proposals]
            gains -= floors[rows, None] / SCALE * self._whole.scores[rows]
        for (cover, row), paid in zip(
            relaxed.covers, prices[2 * proposals + reviewers :], strict=True
        ):
            if rows.start <= row < rows.stop and paid:
                gains[row - rows.start] -= paid * self._whole.covers[cover].members
        return gains

    def _hold_broken_covers(self, relaxed: Relaxed, goal: int, dearness: float) -> bool:
        """Add the covers that the solution breaks; tell whether there were any."""
        if not self._whole.covers:
            return False
        held = set(relaxed.covers)
        sums = np.zeros(self._whole.shape)
        sums[relaxed.pairs[:, 0], relaxed.pairs[:, 1]] = relaxed.amounts
        fresh = [
            (number, int(row))
            for number, cover in enumerate(self._whole.covers)
            for row in _broken(cover, sums)
            if (number, int(row)) not in held
        ]
        for number, row in fresh:
            self._program.add_cover(number, row)
        if fresh:
            self._program.aim(self._worth[goal], dearness)
        return bool(fresh)


def _broken(cover: CoverRows, sums: Floats) -> Integers:
    members = sums[cover.proposals] @ cover.members
    is_broken = (members < cover.least - NEGLIGIBLE) | (members > cover.most + NEGLIGIBLE)
    return cover.proposals[is_broken]


def _best_above(gains: Floats, least: float) -> Marks:
    marks: Marks = gains > least
    crowded = np.flatnonzero(marks.sum(axis=1) > ENTERING_A_ROW)
    if len(crowded):
        best = np.partition(gains[crowded], -ENTERING_A_ROW, axis=1)[:, -ENTERING_A_ROW, None]
        marks[crowded] &= gains[crowded] >= best
    return marks

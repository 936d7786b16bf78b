"""Search for whole pairs where the linear program splits them, and proof from every leaf."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from banso.engines.assignment.certificate import EMPTY, Certificate, Leaf, Multipliers, price
from banso.engines.assignment.integers import above_floor
from banso.engines.assignment.narrowing import everything, narrow
from banso.engines.assignment.search.linear import FEASIBLE, TOTAL

if TYPE_CHECKING:
    from banso.engines.assignment.certificate import Decision
    from banso.engines.assignment.integers import Integers, Marks, WholeProblem
    from banso.engines.assignment.narrowing import Room
    from banso.engines.assignment.search.linear import LinearProgram, Relaxed

FINE = 30  # bits behind the point of a multiplier
ROUNDING_NODES = 20
LEAST_PRESSURE = 1e-3


@dataclass(frozen=True, slots=True)
class Node:
    """A part that waits, with what is known of its bound from the part it was split from."""

    decisions: tuple[Decision, ...] = ()
    multipliers: Multipliers | None = None
    bound: Fraction | None = None

    @property
    def promise(self) -> tuple[Fraction, int]:
        """The bound, then the depth."""
        return (-EMPTY if self.bound is None else self.bound, len(self.decisions))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search came to: the best pairs, if any, and the bound that its leaves prove."""

    marks: Marks | None
    bound: Fraction
    certificate: Certificate

    @property
    def is_empty(self) -> bool:
        """Whether it is proven that nothing satisfies the problem."""
        return self.bound == EMPTY


class Search:
    """Dives, then takes what promises most; counts nodes, not seconds, so that it repeats."""

    def __init__(
        self,
        whole: WholeProblem,
        program: LinearProgram,
        floor: int | None,
        *,
        is_rounding: bool = True,
    ) -> None:
        self._whole = above_floor(whole, floor)
        self._program = program
        self._floor = floor
        self._thresholds = whole.thresholds(floor)
        self._is_rounding = is_rounding
        self._best: Marks | None = None
        self._total = -math.inf
        self._leaves: list[tuple[Leaf, Fraction]] = []

    def run(self, *, nodes: int, start: Marks | None = None, stop_at_first: bool = False) -> Found:
        """Search from a known assignment, if there is one, until proven or out of nodes."""
        self._program.ask_floor(self._floor)
        self._offer(start)
        waiting = [Node()]
        while waiting and nodes and not (stop_at_first and self._best is not None):
            node = waiting.pop(self._next(waiting))
            if node.bound is not None and math.floor(node.bound) <= self._total:
                self._close(node)
                continue
            nodes -= 1
            waiting += self._visit(node.decisions)
        for node in waiting:
            self._close(node)
        return Found(
            marks=self._best,
            bound=max((bound for _, bound in self._leaves), default=Fraction(0)),
            certificate=Certificate(
                floor=self._floor, leaves=tuple(leaf for leaf, _ in self._leaves)
            ),
        )

    def _next(self, waiting: list[Node]) -> int:
        """Dive until there is an assignment, then take the node that promises most."""
        if self._best is None:
            return -1
        return max(range(len(waiting)), key=lambda place: waiting[place].promise)

    def _close(self, node: Node) -> None:
        if node.bound is not None:
            self._leaves.append((Leaf(node.decisions, node.multipliers), node.bound))

    def _visit(self, decisions: tuple[Decision, ...]) -> list[Node]:
        """Close a node as a leaf, or return its two halves."""
        is_root = not decisions and self._thresholds is None
        room = (
            everything(self._whole)
            if is_root
            else narrow(self._whole, self._thresholds, decisions)
        )
        if room is None:
            self._leaves.append((Leaf(decisions), EMPTY))
            return []
        relaxed = self._program.solve(room)
        if not relaxed.is_feasible:
            multipliers = self._emptiness(room)
            if multipliers is not None:
                self._leaves.append((Leaf(decisions, multipliers), EMPTY))
                return []
        multipliers, bound = self._bound(room, relaxed)
        if relaxed.is_feasible and relaxed.is_whole:
            self._offer(relaxed.marks(self._whole.shape))
        elif not decisions and self._is_rounding:
            rounded = self._program.solve_whole(room, TOTAL, nodes=ROUNDING_NODES)
            self._offer(None if rounded is None else rounded.marks(self._whole.shape))
        pair = None if math.floor(bound) <= self._total else self._to_decide(room, relaxed)
        if pair is None:
            self._leaves.append((Leaf(decisions, multipliers), bound))
            return []
        halves = ((*decisions, (*pair, is_taken)) for is_taken in (False, True))
        return [Node(half, multipliers, bound) for half in halves]

    def _emptiness(self, room: Room) -> Multipliers | None:
        """Return multipliers that prove the room empty, if the rounded prices do."""
        relaxed = self._program.solve(room, FEASIBLE)
        if relaxed.is_feasible:
            return None
        multipliers = self._program.multipliers(relaxed, FEASIBLE, bits=FINE)
        is_proof = price(self._whole, self._thresholds, room, multipliers) < 0
        return multipliers if is_proof else None

    def _bound(self, room: Room, relaxed: Relaxed) -> tuple[Multipliers, Fraction]:
        """Round the prices to whole numbers, which often is exact, and finely; keep the closer."""
        bounds = []
        for bits in (0, FINE):
            multipliers = self._program.multipliers(relaxed, TOTAL, bits=bits)
            bound = price(self._whole, self._thresholds, room, multipliers)
            if bound == sum(map(int, self._whole.scores[relaxed.marks(self._whole.shape)])):
                return multipliers, bound
            bounds.append((bound, bits, multipliers))
        bound, _, multipliers = min(bounds, key=lambda one: one[:2])
        return multipliers, bound

    def _offer(self, marks: Marks | None) -> None:
        if marks is None or not keeps(self._whole, self._thresholds, marks):
            return
        total = int(self._whole.scores[marks].sum())
        if total > self._total:
            self._best, self._total = marks, total

    def _to_decide(self, room: Room, relaxed: Relaxed) -> tuple[int, int] | None:
        """Choose the most split pair where the floor presses most; else one that rounding hid."""
        split = relaxed.fractional()
        if len(split):
            parts, rows = relaxed.amounts[split], relaxed.pairs[split, 0]
            pressure = LEAST_PRESSURE + self._program.floor_prices(relaxed)[rows]
            chosen = split[int(np.argmax(pressure * np.minimum(parts, 1 - parts)))]
            row, column = relaxed.pairs[chosen]
            return int(row), int(column)
        rows, columns = relaxed.pairs[relaxed.amounts > 1 / 2].T
        undecided = np.flatnonzero(room.open[rows, columns])
        if relaxed.is_feasible or len(undecided) == 0:
            return None
        return int(rows[undecided[0]]), int(columns[undecided[0]])


def keeps(whole: WholeProblem, thresholds: Integers | None, marks: Marks) -> bool:
    """Tell whether pairs keep every constraint, in whole numbers."""
    loads = marks.sum(axis=0)
    kept = [
        (marks.sum(axis=1) == whole.demand).all(),
        (loads >= whole.least_load).all() and (loads <= whole.most_load).all(),
        not (marks & ~whole.allowed).any() and not (whole.fixed & ~marks).any(),
    ]
    for cover in whole.covers:
        members = (marks[cover.proposals] & cover.members).sum(axis=1)
        kept.append((members >= cover.least).all() and (members <= cover.most).all())
    if thresholds is not None:
        kept.append((np.where(marks, whole.scores, 0).sum(axis=1) >= thresholds).all())
    return all(bool(one) for one in kept)

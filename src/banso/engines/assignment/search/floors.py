"""The best floor for the worst proposal: linear programs narrow it, a search settles it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from banso.engines.assignment.certificate import Certificate, Leaf, price
from banso.engines.assignment.checking import worst
from banso.engines.assignment.integers import above_floor
from banso.engines.assignment.narrowing import NEVER, narrow
from banso.engines.assignment.search.branching import Search
from banso.engines.assignment.search.linear import FEASIBLE

if TYPE_CHECKING:
    from banso.engines.assignment.integers import Marks, WholeProblem
    from banso.engines.assignment.search.branching import Found
    from banso.engines.assignment.search.linear import LinearProgram

FINE = 30


@dataclass(frozen=True, slots=True)
class Floor:
    """A floor that is reached, in whole units; none above the certificate's is possible."""

    reached: int
    marks: Marks
    certificate: Certificate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """Nodes and rounds, not seconds, so that the answer does not depend on the machine."""

    nodes: int = 200
    nodes_a_floor: int = 60
    floors: int = 18


def worst_of(whole: WholeProblem, marks: Marks) -> int:
    """Return the lowest mean of a proposal, in the floor's whole units."""
    return worst(whole, np.where(marks, whole.scores, 0).sum(axis=1))


class FloorSearch:
    """Climbs from a known assignment; `ceiling` is the lowest floor that failed, proven or not."""

    def __init__(self, whole: WholeProblem, program: LinearProgram, start: Marks) -> None:
        self._whole = whole
        self._program = program
        self._marks = start
        self._reached = worst_of(whole, start)
        self._ceiling = self._reached + 1
        self._certificate: Certificate | None = None

    def run(self, effort: Effort) -> Floor:
        """Try the highest floor that linear programs allow, then halve what is left."""
        self._lower_the_ceiling()
        target, is_first = self._ceiling - 1, True
        for _ in range(effort.floors):
            if self._ceiling - self._reached <= 1:
                break
            search = Search(self._whole, self._program, target, is_rounding=is_first)
            self._learn(target, search.run(nodes=effort.nodes_a_floor, stop_at_first=True))
            target, is_first = (self._reached + self._ceiling) // 2, False
        return Floor(self._reached, self._marks, self._certificate)

    def _learn(self, target: int, found: Found) -> None:
        if found.marks is not None:
            self._marks, self._reached = found.marks, worst_of(self._whole, found.marks)
            return
        self._ceiling = target
        if found.is_empty:
            self._certificate = found.certificate

    def _lower_the_ceiling(self) -> None:
        """Find the lowest floor that counting or a linear program excludes."""
        low, high = self._reached, self._best_alone() + 1
        self._exclude(high)
        target = high - 1
        while high - low > 1:
            if self._exclude(target):
                high = target
            else:
                low = target
            target = (low + high) // 2
        self._ceiling = high

    def _best_alone(self) -> int:
        """Return the highest floor at which each proposal by itself finds its reviewers."""
        whole = self._whole
        free = whole.allowed & ~whole.fixed
        needed = np.maximum(0, whole.demand - whole.fixed.sum(axis=1))
        scores = np.where(free, whole.scores, NEVER)
        width = max(1, min(int(needed.max(initial=0)), whole.shape[1]))
        best = -np.sort(-np.partition(scores, -width, axis=1)[:, -width:], axis=1)
        is_needed = np.arange(width) < needed[:, None]
        sums = np.where(whole.fixed, whole.scores, 0).sum(axis=1)
        return worst(whole, sums + np.where(is_needed, best, 0).sum(axis=1))

    def _exclude(self, floor: int) -> bool:
        """Prove by one leaf, if that is possible, that no assignment reaches this floor."""
        thresholds = self._whole.thresholds(floor)
        room = narrow(self._whole, thresholds)
        leaf = Leaf()
        if room is not None:
            self._program.ask_floor(floor)
            extended = above_floor(self._whole, floor)
            relaxed = self._program.solve(room, FEASIBLE)
            multipliers = self._program.multipliers(relaxed, FEASIBLE, bits=FINE)
            if relaxed.is_feasible or price(extended, thresholds, room, multipliers) >= 0:
                return False
            leaf = Leaf((), multipliers)
        self._certificate = Certificate(floor=floor, leaves=(leaf,))
        return True

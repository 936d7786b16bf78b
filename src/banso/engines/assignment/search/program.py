"""The linear program as the solver holds it: rows are counts, columns pairs, with slack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import highspy
import numpy as np

# highspy.Highs, built on this, greets on standard output, where JSON has to be alone.
from highspy._core import _Highs

from banso.engines.assignment.integers import SCALE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from banso.engines.assignment.integers import Integers, Marks, WholeProblem

    Floats: TypeAlias = NDArray[np.float64]

OPTIONS = {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 0.0}
OPTIONS |= {"primal_feasibility_tolerance": 1e-9}
# Without proposals and reviewers there is nothing to solve.
SOLVED = {highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty}


@dataclass(frozen=True, slots=True)
class Slack:
    """A count that may give way: `code` as in Constraint, `by` how a unit of it reads there."""

    code: str
    place: int
    cover: int = -1
    by: int = 1


class Program:
    """One program that grows; HiGHS starts each search where the last one ended."""

    def __init__(self, whole: WholeProblem) -> None:
        self.whole = whole
        self.slacks: list[Slack] = []
        self.cover_rows: list[tuple[int, int]] = []  # cover, proposal
        self.pairs = np.zeros((0, 3), dtype=np.int64)  # proposal, reviewer, column
        self._slack_columns = np.zeros(0, dtype=np.int32)
        self._members: dict[int, list[tuple[int, Marks]]] = {}
        self._entered = np.zeros(whole.shape, dtype=np.bool_)
        self._highs = _Highs()
        for option, value in OPTIONS.items():
            self._highs.setOptionValue(option, value)
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._add_counts()

    @property
    def entered(self) -> Marks:
        """The pairs that are written down."""
        return self._entered

    @property
    def missing(self) -> Marks:
        """The pairs that have not entered."""
        return ~self._entered

    def ask_floor(self, thresholds: Integers | None) -> None:
        """Set the least sum of each proposal, or none."""
        first = sum(self.whole.shape)
        for row in range(self.whole.shape[0]):
            low = -highspy.kHighsInf if thresholds is None else float(thresholds[row]) / SCALE
            self._highs.changeRowBounds(first + row, low, highspy.kHighsInf)

    def enter(self, marks: Marks, worth: Integers | None) -> int:
        """Add these pairs as columns where they are not yet; return how many were new."""
        rows, columns = np.nonzero(marks & ~self._entered)
        if len(rows) == 0:
            return 0
        self._entered[rows, columns] = True
        places = self._highs.getNumCol() + np.arange(len(rows))
        self.pairs = np.concatenate([self.pairs, np.stack([rows, columns, places], axis=1)])
        costs = np.zeros(len(rows)) if worth is None else worth[rows, columns].astype(np.float64)
        starts, index, values = self._entries(rows, columns)
        nothing, one = np.zeros(len(rows)), np.ones(len(rows))
        self._highs.addCols(len(rows), costs, nothing, one, len(index), starts, index, values)
        return len(rows)

    def add_cover(self, cover: int, row: int) -> None:
        """Hold one proposal to one cover."""
        rows = self.whole.covers[cover]
        place = self._highs.getNumRow()
        of_row = self.pairs[self.pairs[:, 0] == row]
        touched = of_row[rows.members[of_row[:, 1]]][:, 2].astype(np.int32)
        values = np.ones(len(touched))
        self._highs.addRow(float(rows.least), float(rows.most), len(touched), touched, values)
        self.cover_rows.append((cover, row))
        self._members.setdefault(row, []).append((place, rows.members))
        slacks = [Slack("cover-least", row, cover, -1), Slack("cover-most", row, cover)]
        self._add_slacks([place, place], slacks)

    def aim(self, worth: Integers | None, dearness: float) -> None:
        """Set what pairs are worth, and what a unit of slack costs."""
        rows, columns, places = self.pairs.T
        costs = np.zeros(len(rows)) if worth is None else worth[rows, columns].astype(np.float64)
        self._highs.changeColsCost(len(rows), places.astype(np.int32), costs)
        slack = np.full(len(self._slack_columns), -dearness)
        self._highs.changeColsCost(len(slack), self._slack_columns, slack)

    def restrict(self, taken: Marks, free: Marks) -> None:
        """Keep to the pairs that are taken or open."""
        rows, columns, places = self.pairs.T
        low = taken[rows, columns].astype(np.float64)
        high = np.maximum(low, free[rows, columns])
        self._highs.changeColsBounds(len(rows), places.astype(np.int32), low, high)

    def solve(self) -> tuple[Floats, Floats, Floats]:
        """Return how much of each pair and of each slack, and each row's price."""
        self._highs.run()
        status = self._highs.getModelStatus()
        if status not in SOLVED:
            raise ArithmeticError(f"the linear program ended with {status}")
        return self._read()

    def solve_whole(self, *, nodes: int) -> tuple[Floats, Floats] | None:
        """Return pairs and slacks in whole numbers; None where the search found none."""
        count = self._highs.getNumCol()
        places = np.arange(count, dtype=np.int32)
        self._highs.changeColsIntegrality(count, places, np.ones(count, dtype=np.uint8))
        self._highs.setOptionValue("mip_max_nodes", nodes)
        self._highs.run()
        is_found = np.isfinite(self._highs.getInfo().mip_dual_bound)
        amounts, slack, _ = self._read()
        self._highs.changeColsIntegrality(count, places, np.zeros(count, dtype=np.uint8))
        return (np.rint(amounts), np.rint(slack)) if is_found and len(amounts) else None

    def _read(self) -> tuple[Floats, Floats, Floats]:
        solution = self._highs.getSolution()
        values = np.array(solution.col_value)
        prices = np.array(solution.row_dual)
        return values[self.pairs[:, 2]], values[self._slack_columns], prices

    def _add_counts(self) -> None:
        whole, none = self.whole, np.zeros(0, dtype=np.int32)
        proposals, reviewers = whole.shape
        unasked = np.full(proposals, -highspy.kHighsInf)
        low = np.concatenate([whole.demand, whole.least_load, unasked]).astype(np.float64)
        unbounded = np.full(proposals, highspy.kHighsInf)
        high = np.concatenate([whole.demand, whole.most_load, unbounded]).astype(np.float64)
        starts = np.zeros(len(low), dtype=np.int32)
        self._highs.addRows(len(low), low, high, 0, starts, none, np.zeros(0))
        rows, columns = range(proposals), range(reviewers)
        slacks = [Slack("demand", row, by=-1) for row in rows]
        slacks += [Slack("demand", row) for row in rows]
        slacks += [Slack("least-load", column, by=-1) for column in columns]
        slacks += [Slack("most-load", column) for column in columns]
        slacks += [Slack("floor", row, by=-1) for row in rows]
        loads = [proposals + column for column in columns]
        floors = [proposals + reviewers + row for row in rows]
        self._add_slacks([*rows, *rows, *loads, *loads, *floors], slacks)

    def _add_slacks(self, places: list[int], slacks: list[Slack]) -> None:
        """Add columns that make up for what rows lack (`by` -1) or have too much (1)."""
        first, count = self._highs.getNumCol(), len(slacks)
        self._highs.addCols(
            count,
            np.full(count, -1.0),
            np.zeros(count),
            np.full(count, highspy.kHighsInf),
            count,
            np.arange(count, dtype=np.int32),
            np.array(places, dtype=np.int32),
            np.array([-float(slack.by) for slack in slacks]),
        )
        self.slacks += slacks
        columns = np.arange(first, first + count, dtype=np.int32)
        self._slack_columns = np.concatenate([self._slack_columns, columns])

    def _entries(
        self, rows: Integers, columns: Integers
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
        """Return where the new columns are in the rows, column by column."""
        proposals, reviewers = self.whole.shape
        index = np.stack([rows, proposals + columns, proposals + reviewers + rows], axis=1)
        values = np.ones(index.shape)
        values[:, 2] = self.whole.scores[rows, columns] / SCALE
        lengths = np.full(len(rows), 3)
        if self._members:
            extra = [
                [place for place, members in self._members.get(row, ()) if members[column]]
                for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
            ]
            lengths += np.array([len(more) for more in extra])
            index = np.concatenate(
                [np.append(one, more) for one, more in zip(index, extra, strict=True)]
            )
            values = np.concatenate(
                [
                    np.append(one, np.ones(len(more)))
                    for one, more in zip(values, extra, strict=True)
                ]
            )
        starts = (np.cumsum(lengths) - lengths).astype(np.int32)
        return starts, index.ravel().astype(np.int32), values.ravel().astype(np.float64)

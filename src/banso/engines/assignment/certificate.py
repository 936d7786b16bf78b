"""Proof that no assignment does better, and the arithmetic that reads it.

The problem is split by decisions on single pairs into leaves that together leave nothing out. In
each leaf, multipliers on the constraints give an upper bound on the total by weak duality: add to
the total each constraint's slack times its multiplier, and let each pair choose for itself. With
`goal` zero the total itself is left out; a bound below zero then says that the leaf is empty.
Everything is whole numbers; any multipliers give a true bound, only good ones give a close one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from banso.engines.assignment.integers import above_floor
from banso.engines.assignment.narrowing import everything, narrow

if TYPE_CHECKING:
    from banso.engines.assignment.integers import Integers, WholeProblem
    from banso.engines.assignment.narrowing import Room

Decision: TypeAlias = tuple[int, int, bool]  # row, column, taken or not

LARGEST = 2**62
ROWS_AT_ONCE = 512
EMPTY = Fraction(-(2**80))  # the bound of a leaf that holds no assignment


@dataclass(frozen=True, slots=True, kw_only=True)
class Multipliers:
    """Prices of the constraints, over a common denominator; `cover` as cover, row, price."""

    goal: int
    denominator: int
    demand: tuple[int, ...]
    load: tuple[int, ...]
    floor: tuple[int, ...] = ()
    cover: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part of the problem; no multipliers where the decisions contradict it by counting."""

    decisions: tuple[Decision, ...] = ()
    multipliers: Multipliers | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Leaves that together are the whole problem above a floor, in the floor's whole units."""

    floor: int | None
    leaves: tuple[Leaf, ...]


class Unproven(ValueError):  # noqa: N818 - the certificate is at fault, not the program
    """A certificate that proves nothing: leaves are missing, or its numbers do not fit."""


def bound_of(whole: WholeProblem, certificate: Certificate) -> Fraction:
    """Bound the total in millionths; EMPTY when no assignment satisfies the problem."""
    if not _is_whole([leaf.decisions for leaf in certificate.leaves]):
        raise Unproven("the leaves do not cover the problem")
    _refuse_unknown_numbers(whole, certificate)
    thresholds = whole.thresholds(certificate.floor)
    whole = above_floor(whole, certificate.floor)
    return max(leaf_bound(whole, thresholds, leaf) for leaf in certificate.leaves)


def leaf_bound(whole: WholeProblem, thresholds: Integers | None, leaf: Leaf) -> Fraction:
    """Bound the total within one leaf."""
    if thresholds is None and not leaf.decisions and leaf.multipliers is not None:
        # Nothing was decided: counting would only repeat what the multipliers say.
        room = everything(whole)
    else:
        room = narrow(whole, thresholds, leaf.decisions)
    if room is None:
        return EMPTY
    if leaf.multipliers is None:
        raise Unproven("a leaf has neither a contradiction nor multipliers")
    bound = price(whole, thresholds, room, leaf.multipliers)
    if leaf.multipliers.goal:
        return bound
    if bound >= 0:
        raise Unproven("a leaf is said to be empty, and is not")
    return EMPTY


def price(
    whole: WholeProblem, thresholds: Integers | None, room: Room, multipliers: Multipliers
) -> Fraction:
    """Sum the constraints at their prices, and what each pair adds when it chooses for itself."""
    _refuse_unfit(whole, thresholds, multipliers)
    constant = _constant(whole, thresholds, multipliers)
    added = 0
    for start in range(0, whole.shape[0], ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        values = reduced_values(whole, multipliers, rows)
        chosen = np.where(room.taken[rows], values, 0)
        chosen += np.where(room.open[rows], np.maximum(values, 0), 0)
        added += _sum(chosen)
    return Fraction(constant + added, multipliers.denominator)


def reduced_values(whole: WholeProblem, multipliers: Multipliers, rows: slice) -> Integers:
    """Return what each pair of these rows is worth after it paid its constraints."""
    factors = np.full(whole.shape[0], multipliers.goal * multipliers.denominator, dtype=np.int64)
    if multipliers.floor:
        factors += np.array(multipliers.floor, dtype=np.int64)
    values: Integers = whole.scores[rows] * factors[rows, None]
    values -= np.array(multipliers.demand, dtype=np.int64)[rows, None]
    values -= np.array(multipliers.load, dtype=np.int64)
    for cover, row, paid in multipliers.cover:
        if rows.start <= row < rows.stop:
            values[row - rows.start] -= paid * whole.covers[cover].members
    return values


def _constant(whole: WholeProblem, thresholds: Integers | None, multipliers: Multipliers) -> int:
    terms = [int(n) * paid for n, paid in zip(whole.demand, multipliers.demand, strict=True)]
    loads = zip(whole.least_load, whole.most_load, multipliers.load, strict=True)
    terms += [paid * int(most if paid > 0 else least) for least, most, paid in loads]
    if thresholds is not None:
        floors = zip(thresholds, multipliers.floor, strict=True)
        terms += [-int(threshold) * paid for threshold, paid in floors if paid]
    for cover, _, paid in multipliers.cover:
        rows = whole.covers[cover]
        terms.append(paid * (rows.most if paid > 0 else rows.least))
    return sum(terms)


def _refuse_unfit(
    whole: WholeProblem, thresholds: Integers | None, multipliers: Multipliers
) -> None:
    """Refuse multipliers of the wrong length, sign or size: the arithmetic below is exact."""
    floors = () if thresholds is None else (whole.shape[0],)
    lengths = (len(multipliers.demand), len(multipliers.load))
    if lengths != whole.shape or (len(multipliers.floor) or None) != (floors or (None,))[0]:
        raise Unproven("the multipliers are of another problem")
    if multipliers.denominator < 1 or multipliers.goal not in {0, 1}:
        raise Unproven("the multipliers have no denominator or no goal")
    if min(multipliers.floor, default=0) < 0:
        raise Unproven("a floor has a negative price")
    for cover, row, _ in multipliers.cover:
        if not 0 <= cover < len(whole.covers) or row not in whole.covers[cover].proposals:
            raise Unproven("a price for a cover that is not asked")
    factor = multipliers.goal * multipliers.denominator + max(multipliers.floor, default=0)
    paid = sum(abs(price) for _, _, price in multipliers.cover)
    paid += max(map(abs, multipliers.demand), default=0)
    paid += max(map(abs, multipliers.load), default=0)
    if factor * int(np.abs(whole.scores).max(initial=1)) + paid >= LARGEST:
        raise Unproven("the multipliers are too large")


def _refuse_unknown_numbers(whole: WholeProblem, certificate: Certificate) -> None:
    """Refuse a floor that the arithmetic cannot hold, and decisions on pairs that do not exist."""
    if abs(certificate.floor or 0) >= LARGEST:
        raise Unproven("no floor is so far off")
    rows, columns = (range(count) for count in whole.shape)
    decided = (one for leaf in certificate.leaves for one in leaf.decisions)
    if any(row not in rows or column not in columns for row, column, _ in decided):
        raise Unproven("a decision on a pair that does not exist")


def _sum(values: Integers) -> int:
    """Sum without overflow: high and low halves apart."""
    return (int((values >> 31).sum()) << 31) + int((values & (2**31 - 1)).sum())


def _is_whole(paths: list[tuple[Decision, ...]], depth: int = 0) -> bool:
    """Tell whether the decisions are the leaves of one tree that always goes both ways."""
    if len(paths) == 1:
        return len(paths[0]) == depth
    if any(len(path) <= depth for path in paths):
        return False
    if len({path[depth][:2] for path in paths}) != 1:
        return False
    taken = [path for path in paths if path[depth][2]]
    left = [path for path in paths if not path[depth][2]]
    return bool(taken and left) and _is_whole(taken, depth + 1) and _is_whole(left, depth + 1)

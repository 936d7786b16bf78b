"""When the tree grows and by how much, so that its public size tells nothing of a single act.

A reply, a refusal or a leaving is one entry. If the tree grew by one leaf whenever somebody
acted, whoever asked could watch for the answer in a quiet hour (C5). So at rest it grows by the
same number of leaves at every beat, whether anything waits or not: leaves that stand for
nothing, of the same form as others, take the places that no entry needs. Only when more waits
than rest can place in time does a burst place everything, and its size is a class of sizes.

Sealed entries (C5) have places of their own: they never make another entry wait, so that whoever
acts all the time and watches when the own acts get their places learns nothing of them.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

TICK_SECONDS: Final = 4  # how often is looked whether a burst is due
BEAT_TICKS: Final = 5  # so many ticks from one growth at rest to the next
PLACES: Final = 2  # leaves at a beat for sealed entries, and as many for all others
# What waits longer than rest can place in time is a crowd. Where a crowd begins is drawn anew at
# each tick, so that one entry more or less does not decide it.
FEWEST, MOST = 5, 16
SMALLEST_BURST: Final = 16
LARGEST_BURST: Final = 4096


@dataclass(frozen=True, slots=True)
class Growth:
    """How many entries of each kind get a place now, and how many leaves the tree grows by."""

    entries: int
    sealed: int
    leaves: int


NOTHING: Final = Growth(0, 0, 0)


def growth_at(tick: int, waiting: int, sealed: int, *, crowd: int) -> Growth:
    """Tell what to do at a tick with so many of each kind waiting; from `crowd` on it is a burst.

    >>> growth_at(0, 0, 0, crowd=9) == growth_at(0, 2, 1, crowd=9)
    False
    >>> growth_at(0, 0, 0, crowd=9).leaves == growth_at(0, 2, 1, crowd=9).leaves
    True
    >>> growth_at(1, 4, 4, crowd=9)
    Growth(entries=0, sealed=0, leaves=0)
    >>> growth_at(1, 800, 3, crowd=9)
    Growth(entries=800, sealed=3, leaves=1040)
    """
    if max(waiting, sealed) >= crowd:
        entries, closed = min(waiting, LARGEST_BURST), min(sealed, LARGEST_BURST)
        return Growth(entries, closed, class_of(entries) + class_of(closed))
    if tick % BEAT_TICKS:
        return NOTHING
    return Growth(min(waiting, PLACES), min(sealed, PLACES), 2 * PLACES)


def class_of(entries: int) -> int:
    """Give the leaves of one kind in a burst: the next power of two hides the last one."""
    return max(SMALLEST_BURST, 1 << (entries - 1).bit_length())


def drawn_crowd() -> int:
    """Draw how many make a crowd at this tick."""
    return FEWEST + secrets.randbelow(MOST - FEWEST + 1)


def tick_of(at: datetime) -> int:
    """Count the ticks of the database's clock; all workers count the same."""
    return int(at.timestamp()) // TICK_SECONDS


def seconds_to_next_tick(at: datetime) -> float:
    """Tell how long it is until the next tick."""
    return TICK_SECONDS - at.timestamp() % TICK_SECONDS

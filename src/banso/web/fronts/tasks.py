"""What waits for a person: the first few of each kind, with their number and whole list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from django.db.models import Model
from django.urls import reverse

from banso.web.formats import active_language, time_left

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

# How many things of a kind the start page shows, and up to how many it counts them.
FEW: Final = 5
MOST_COUNTED: Final = 1_000

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing that waits for a person: what, where, until when."""

    title: str
    address: str
    note: str = ""
    due: datetime | None = None
    left: str = ""
    is_sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """Things of one kind that wait: the first few, how many there are, and their whole list.

    Beyond `MOST_COUNTED` the total says only that there are more.
    """

    heading: str
    list_address: str
    first: Sequence[Task] = ()
    total: int = 0

    @property
    def is_counted(self) -> bool:
        """Whether the total is exact, not "more than"."""
        return self.total <= MOST_COUNTED

    @property
    def counted(self) -> int:
        """How many there are at least."""
        return min(self.total, MOST_COUNTED)


def tasks_of(
    found: QuerySet[Row],
    as_task: Callable[[Row], Task],
    *,
    heading: StrOrPromise,
    list_address: str,
) -> Tasks:
    """Show the first few of what waits and how many there are, in two queries at most."""
    first = list(found[: FEW + 1])
    total = len(first) if len(first) <= FEW else found.order_by()[: MOST_COUNTED + 1].count()
    return Tasks(
        heading=str(heading),
        list_address=reverse(list_address),
        first=[as_task(row) for row in first[:FEW]],
        total=total,
    )


def joined(*parts: Tasks) -> Tasks:
    """Show tasks that come from several tables as one kind."""
    return replace(
        parts[0],
        first=[task for part in parts for task in part.first][:FEW],
        total=sum(part.total for part in parts),
    )


def left_until(until: datetime, at: datetime) -> str:
    """Say how long it is until a deadline."""
    return time_left(until, at, active_language())

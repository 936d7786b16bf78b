"""When what comes by the clock comes next, in Japan's time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

if TYPE_CHECKING:
    from banso.web.fronts.jobs import JobKind

A_DAY = timedelta(days=1)


def next_after(kind: JobKind, at: datetime) -> datetime:
    """Tell the first instant after `at` at which a standing job comes.

    What was missed in between comes once, because the job is due until it is done.
    """
    if kind.daily is None:
        return at + (kind.every or A_DAY)
    local = localtime(at)
    found = datetime.combine(local.date(), kind.daily, tzinfo=local.tzinfo)
    while found <= at or (kind.weekday is not None and found.weekday() != kind.weekday):
        found += A_DAY
    return found


def first_due(kind: JobKind, at: datetime) -> datetime:
    """Tell when a standing job comes for the first time: at once, or at its time of day."""
    return at if kind.daily is None else next_after(kind, at)

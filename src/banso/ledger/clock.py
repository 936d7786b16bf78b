"""The instant of an act, from the database's clock and nowhere else."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

_arrived_at: ContextVar[datetime | None] = ContextVar("arrived_at", default=None)


def read_clock(alongside: str = "", parameters: Sequence[str] = ()) -> datetime:
    """Read the database's clock; the one reading that there is, which tests replace.

    `alongside` is more of the same SELECT list, so that a transaction's first
    statement can do two things in one round trip.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT clock_timestamp(){alongside}", parameters)
        instant: datetime = cursor.fetchone()[0]
    return instant


@contextmanager
def arrival(at: datetime) -> Iterator[None]:
    """Hold the instant at which the current request reached us."""
    token = _arrived_at.set(at)
    try:
        yield
    finally:
        _arrived_at.reset(token)


def arrived_at() -> datetime | None:
    """Tell when the current request reached us, if there is one."""
    return _arrived_at.get()

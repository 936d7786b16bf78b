"""The instant of an act, from the database's clock and nowhere else."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class _Clock:
    """What a request or a test holds: when it arrived, and at what instant the clock stopped."""

    arrived_at: datetime | None = None
    stopped_at: datetime | None = None


_clock: ContextVar[_Clock] = ContextVar("clock", default=_Clock())  # noqa: B039 - it is frozen


def read_clock(alongside: str = "", parameters: Sequence[str] = ()) -> datetime:
    """Read the database's clock; the one reading that there is.

    `alongside` is more of the same SELECT list, so that a transaction's first
    statement can do two things in one round trip.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT clock_timestamp(){alongside}", parameters)
        instant: datetime = cursor.fetchone()[0]
    return _clock.get().stopped_at or instant


@contextmanager
def arrival(at: datetime) -> Iterator[None]:
    """Hold the instant at which the current request reached us."""
    with _held(replace(_clock.get(), arrived_at=at)):
        yield


@contextmanager
def stopped(at: datetime) -> Iterator[None]:
    """Let the clock say `at` however often it is read, as tests of instants need it."""
    with _held(replace(_clock.get(), stopped_at=at)):
        yield


@contextmanager
def _held(clock: _Clock) -> Iterator[None]:
    token = _clock.set(clock)
    try:
        yield
    finally:
        _clock.reset(token)


def arrived_at() -> datetime | None:
    """Tell when the current request reached us, if there is one."""
    return _clock.get().arrived_at

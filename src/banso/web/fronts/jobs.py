"""What an app does later: by the clock, when something waits, or because an act asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, time

    from django_stubs_ext import StrOrPromise

MOST_ATTEMPTS: Final = 5


class Later(Exception):  # noqa: N818 - an answer that we foresee, not an error
    """The job cannot be done just now: why, in a sentence for the operator, and when to try."""

    def __init__(self, reason: str, *, wait: timedelta = timedelta(seconds=30)) -> None:
        super().__init__(reason)
        self.reason, self.wait = reason, wait


class GivenUp(Exception):  # noqa: N818 - as Later
    """The job can never be done: why, in a sentence for the operator."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Work(Protocol):
    """One run of a job, as its function sees it."""

    @property
    def subject(self) -> str:
        """The id of what it is about; never more than an id."""

    @property
    def at(self) -> datetime:
        """The database's clock when the run began."""

    def progressed(self, done: int, total: int) -> None:
        """Say how far it is; what was asked to stop stops here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKind:
    """A kind of job: its name, what it does, and when it comes by itself.

    With `every` or `daily` it comes by the clock, `daily` at that time in Japan, on one `weekday`
    (Monday is 0) where it is named; hours that were missed are made up for once. `waits` asks
    cheaply whether there is anything to do. Without any of them an act enqueues it.
    """

    label: StrOrPromise
    run: Callable[[Work], None]
    every: timedelta | None = None
    daily: time | None = None
    weekday: int | None = None
    waits: Callable[[], bool] | None = None
    most_attempts: int = MOST_ATTEMPTS

    @property
    def is_standing(self) -> bool:
        """Whether it comes by the clock."""
        return self.every is not None or self.daily is not None

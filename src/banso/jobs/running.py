"""Doing what is due, one job at a time, and writing down how each run ended."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import InterfaceError, OperationalError

from banso.jobs import queue
from banso.jobs.models import Job
from banso.jobs.schedule import next_after
from banso.ledger.clock import read_clock
from banso.web.fronts.jobs import GivenUp, Later

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from banso.web.fronts.jobs import JobKind

logger = logging.getLogger(__name__)

FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(hours=1)
KILLED: Final = "The process that worked on it ended each time, {attempts} times in a row."
FAULT: Final = "A fault of banso's own ({name}); the worker's log has it."


class Cancelled(Exception):  # noqa: N818 - an answer that we foresee
    """Somebody asked the running job to stop, or another worker has it."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job, as its function sees it."""

    job: Job
    at: datetime

    @property
    def subject(self) -> str:
        """The id of what the job is about."""
        return self.job.subject

    def progressed(self, done: int, total: int) -> None:
        """Say how far it is, outside any transaction; what was asked to stop stops here."""
        if not queue.say_progress(self.job, done, total):
            raise Cancelled


@dataclass(frozen=True, slots=True)
class Runner:
    """A worker's round over what is due."""

    kinds: Mapping[str, JobKind] = field(default_factory=queue.job_kinds)

    def prepare(self) -> None:
        """Make ready for rounds, at the start and after the database was away."""
        queue.release()
        queue.ensure_standing(read_clock())

    def round(self, is_told_to_stop: Callable[[], bool] = lambda: False) -> int:
        """Do what is due, and tell how many jobs were run."""
        ran = 0
        for job in queue.due_jobs(read_clock(), self.kinds):
            if is_told_to_stop():
                break
            kind = self.kinds[job.kind]
            if kind.waits is None or kind.waits():
                ran += self._run(job, kind)
        return ran

    def _run(self, job: Job, kind: JobKind) -> bool:
        taken = queue.take(job)
        if taken is None:
            return False
        try:
            ended = self._outcome(taken, kind)
            queue.end(taken, **ended)
        finally:
            queue.release()
        return True

    def _outcome(self, job: Job, kind: JobKind) -> dict[str, object]:
        """Run the job, and tell what becomes of its row."""
        if job.attempts > kind.most_attempts and not kind.is_standing:
            return _ended(Job.State.FAILED, KILLED.format(attempts=job.attempts - 1))
        try:
            kind.run(Run(job, read_clock()))
        except Cancelled:
            return _ended(Job.State.CANCELLED)
        except Later as later:
            return _again(read_clock() + later.wait, later.reason)
        except GivenUp as given_up:
            return _ended(Job.State.FAILED, given_up.reason)
        except Exception as fault:
            if isinstance(fault, (OperationalError, InterfaceError)):
                # Without the database nothing can be written; it is free for the next round.
                raise
            # The edge of the worker: a fault of one job is not the others'.
            logger.exception("%s failed, attempt %s", job.kind, job.attempts)
            return self._after_fault(job, kind, FAULT.format(name=type(fault).__name__))
        return self._after_success(kind)

    def _after_success(self, kind: JobKind) -> dict[str, object]:
        if not kind.is_standing:
            return _ended(Job.State.DONE)
        return {**_again(next_after(kind, read_clock()), ""), "attempts": 0}

    def _after_fault(self, job: Job, kind: JobKind, reason: str) -> dict[str, object]:
        if job.attempts >= kind.most_attempts and not kind.is_standing:
            return _ended(Job.State.FAILED, reason)
        wait = min(FIRST_WAIT * 2 ** min(job.attempts - 1, 10), LONGEST_WAIT)
        return _again(read_clock() + wait, reason)


def _again(due_at: datetime, reason: str) -> dict[str, object]:
    return {"state": Job.State.WAITING, "due_at": due_at, "reason": reason}


def _ended(state: Job.State, reason: str = "") -> dict[str, object]:
    return {"state": state, "ended_at": read_clock(), "reason": reason}

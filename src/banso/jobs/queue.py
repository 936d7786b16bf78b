"""Jobs enter here in the caller's transaction, and are taken by one worker at a time.

Whoever works on a job holds the database's lock on its id for as long as the session lives.
There is no lease clock to renew or to misjudge: when a worker is killed, the lock goes with its
connection, and what it worked on is free at once. A proxy that shares sessions breaks this.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection

from banso.jobs.models import Job
from banso.jobs.schedule import first_due
from banso.ledger.clock import read_clock
from banso.web.fronts import fronts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from banso.web.fronts.jobs import JobKind

TAKEN_AT_ONCE: Final = 20
DONE_KEPT: Final = timedelta(days=30)
FAILED_KEPT: Final = timedelta(days=180)
# Locks by number are the server's; the second number tells ours from others of 64 bits.
LOCK: Final = "hashtextextended(%s::text, 1651470963)"


def job_kinds() -> Mapping[str, JobKind]:
    """List what the apps do later, by its name."""
    return {name: kind for front in fronts().values() for name, kind in front.jobs.items()}


def enqueue(
    kind: str,
    *,
    key: str,
    at: datetime,
    subject: str = "",
    asked_by: UUID | None = None,
    due_at: datetime | None = None,
) -> bool:
    """Ask for a job in the caller's transaction; tell whether it is new under its key."""
    if kind not in job_kinds() or not key:
        raise ValueError(f"no job can be enqueued as {kind!r} with the key {key!r}")
    job = Job(
        kind=kind, key=key, subject=subject, asked_by_id=asked_by, asked_at=at, due_at=due_at or at
    )
    return _add([job]) == 1


def ensure_standing(at: datetime) -> None:
    """Give what comes by the clock its row, where a release brought a new one."""
    _add(
        [
            Job(kind=name, asked_at=at, due_at=first_due(kind, at))
            for name, kind in job_kinds().items()
            if kind.is_standing
        ]
    )


def _add(jobs: list[Job]) -> int:
    before = {(job.kind, job.key) for job in jobs}
    asked = Job.objects.filter(kind__in={kind for kind, _ in before})
    known = set(asked.filter(key__in={key for _, key in before}).values_list("kind", "key"))
    new = [job for job in jobs if (job.kind, job.key) not in known]
    Job.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def due_jobs(at: datetime, kinds: Collection[str]) -> list[Job]:
    """List what is due, whoever may be at it already."""
    due = Job.objects.unfinished().filter(due_at__lte=at, kind__in=kinds)
    return list(due.order_by("due_at", "pk")[:TAKEN_AT_ONCE])


def take(job: Job) -> Job | None:
    """Take a job that no living worker holds, and count the attempt; nothing if one does."""
    if not _lock(job):
        return None
    at = read_clock()
    # Another worker may have ended it between our look and our lock.
    still = Job.objects.unfinished().filter(pk=job.pk, due_at__lte=at, attempts=job.attempts)
    taken = still.update(
        state=Job.State.RUNNING,
        attempts=job.attempts + 1,
        seen_at=at,
        progress_done=0,
        progress_total=0,
    )
    if not taken:
        release()
        return None
    job.refresh_from_db()
    return job


def release() -> None:
    """Let go of whatever this session's worker holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock_all()")


def end(job: Job, **changed: object) -> bool:
    """Write how a run ended, unless another worker has taken the job since."""
    ours = Job.objects.filter(pk=job.pk, attempts=job.attempts, state=Job.State.RUNNING)
    return bool(ours.update(**changed))


def say_progress(job: Job, done: int, total: int) -> bool:
    """Keep how far a run is, and tell whether it may go on."""
    ours = Job.objects.filter(
        pk=job.pk, attempts=job.attempts, state=Job.State.RUNNING, is_cancel_asked=False
    )
    return bool(ours.update(progress_done=done, progress_total=total, seen_at=read_clock()))


def delete_old(at: datetime) -> None:
    """Delete what ended long ago; what was given up stays longer."""
    ended = Job.objects.exclude(key="")
    ended.filter(
        state__in=[Job.State.DONE, Job.State.CANCELLED], ended_at__lt=at - DONE_KEPT
    ).delete()
    ended.filter(state=Job.State.FAILED, ended_at__lt=at - FAILED_KEPT).delete()


def _lock(job: Job) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({LOCK})", [str(job.pk)])
        [is_ours] = cursor.fetchone()
    return bool(is_ours)

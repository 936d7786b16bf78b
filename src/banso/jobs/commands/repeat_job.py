"""Whoever asked for a job, or the operator, has it tried again after it was given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.jobs.models import Job
from banso.jobs.permissions import REPEAT_JOB
from banso.ledger.locks import locked
from banso.ledger.record import command, record

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def repeat_job(*, actor: Actor, job_id: UUID, at: datetime) -> Job:
    """Let a job that was given up or cancelled wait for its turn again, with all its attempts.

    What came by the clock, or is not ended, comes again by itself and stays as it is.
    """
    job = locked(Job.objects.visible_to(actor).exclude(key="")).get(pk=job_id)

    REPEAT_JOB.require(actor, job)
    if job.is_repeatable:
        job.state, job.due_at, job.ended_at = Job.State.WAITING, at, None
        job.attempts, job.is_cancel_asked, job.reason = 0, False, ""
        job.save(
            update_fields=["state", "due_at", "ended_at", "attempts", "is_cancel_asked", "reason"]
        )
    record(subject=job, details={"kind": job.kind})
    return job

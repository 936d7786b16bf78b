"""Whoever asked for a job, or the operator, keeps it from being done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.jobs.models import Job
from banso.jobs.permissions import CANCEL_JOB
from banso.ledger.locks import locked
from banso.ledger.record import command, record

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def cancel_job(*, actor: Actor, job_id: UUID, at: datetime) -> Job:
    """End a job that waits, and ask one that runs to stop at its next step.

    One that has ended meanwhile stays as it ended, and the page shows how.
    """
    job = locked(Job.objects.visible_to(actor).exclude(key="")).get(pk=job_id)

    CANCEL_JOB.require(actor, job)
    if job.state == Job.State.WAITING:
        job.state, job.ended_at = Job.State.CANCELLED, at
    elif job.state == Job.State.RUNNING:
        job.is_cancel_asked = True
    job.save(update_fields=["state", "ended_at", "is_cancel_asked"])
    record(subject=job, details={"kind": job.kind})
    return job

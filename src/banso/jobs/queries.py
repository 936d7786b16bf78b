"""Reading jobs: what somebody asked for, and for the operator all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.jobs.models import Job
from banso.jobs.queue import job_kinds

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor


def jobs_for(viewer: Actor) -> QuerySet[Job]:
    """List the jobs that the viewer may see."""
    return Job.objects.visible_to(viewer)


def job_for(viewer: Actor, job_id: UUID) -> Job:
    """Find one job."""
    return Job.objects.visible_to(viewer).get(pk=job_id)


def label_of(job: Job) -> str:
    """Name the kind of a job; of an earlier release's only the code is known."""
    kind = job_kinds().get(job.kind)
    return str(kind.label) if kind else job.kind

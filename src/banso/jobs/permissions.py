"""Who may stop a job, and who may have it tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.people.actors import OPERATOR
from banso.people.permissions import Permission

if TYPE_CHECKING:
    from banso.jobs.models import Job
    from banso.people.actors import Actor


def _asked_or_operates(actor: Actor, job: Job) -> bool:
    return actor.holds({OPERATOR}) or job.asked_by_id == actor.person_id


CANCEL_JOB = Permission["Job"](
    "jobs.cancel_job",
    _asked_or_operates,
    _("Whoever asked for a job cancels it, and so does the operator."),
)
REPEAT_JOB = Permission["Job"](
    "jobs.repeat_job",
    _asked_or_operates,
    _("Whoever asked for a job has it tried again, and so does the operator."),
)

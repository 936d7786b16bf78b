"""The list of jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from banso.jobs.queries import label_of
from banso.web.addresses import address_of
from banso.web.lists.columns import Column, Kind, Status
from banso.web.lists.listing import Listing

if TYPE_CHECKING:
    from banso.jobs.models import Job

KINDS = {
    "waiting": "neutral",
    "running": "info",
    "done": "success",
    "failed": "error",
    "cancelled": "warning",
}


def state_of(job: Job) -> Status:
    """Name the state; what waits because of a fault stands out."""
    is_held_up = job.state == "waiting" and bool(job.reason)
    return Status(job.get_state_display(), "warning" if is_held_up else KINDS[job.state])


def _progress(job: Any) -> str:  # noqa: ANN401 - a row of a list
    return f"{job.progress_done} / {job.progress_total}" if job.progress_total else ""


JOBS = Listing(
    name="jobs",
    caption=_("Background jobs"),
    columns=(
        Column(
            "kind",
            _("Job"),
            label_of,
            address=lambda job: address_of("jobs:job", job.pk),
            order=("kind", "key"),
            is_heading=True,
            is_wide=True,
        ),
        Column("state", _("State"), state_of, Kind.STATUS, order=("state",)),
        Column("due_at", _("Due"), lambda job: job.due_at, Kind.INSTANT, order=("due_at",)),
        Column("attempts", _("Attempts"), lambda job: job.attempts, Kind.NUMBER),
        Column("progress", _("Progress"), _progress),
        Column("reason", _("Reason"), lambda job: job.reason, is_wide=True),
        Column(
            "ended_at",
            _("Ended at"),
            lambda job: job.ended_at,
            Kind.INSTANT,
            order=("ended_at",),
            is_shown=False,
        ),
    ),
    order=("-due_at",),
    empty=_("No job waits, and none has ended lately."),
)

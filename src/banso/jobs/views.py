"""The pages of jobs: the list, and one of them with what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from banso.jobs.commands.cancel_job import cancel_job
from banso.jobs.commands.repeat_job import repeat_job
from banso.jobs.lists import JOBS, state_of
from banso.jobs.queries import job_for, jobs_for, label_of
from banso.web.answering import done
from banso.web.lists.answering import answer_list
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request


@require_safe
def jobs(request: Request) -> HttpResponseBase:
    """List what runs later: for the operator everything, for others what they asked for."""
    return answer_list(
        request,
        JOBS,
        jobs_for(request.actor),
        template="jobs/jobs.html",
        audience=_("You, and the operator."),
        at=request.at,
    )


@require_safe
def job(request: Request, job_id: UUID) -> HttpResponse:
    """Show one job: when it is due, how often it was tried, and why it is not done."""
    shown = job_for(request.actor, job_id)
    context = {"job": shown, "label": label_of(shown), "state": state_of(shown)}
    return page(request, "jobs/job.html", context, audience=_("You, and the operator."))


@require_POST
def act(request: Request, job_id: UUID) -> HttpResponse:
    """Cancel the job, or have it tried again."""
    match request.POST.get("act"):
        case "cancel":
            cancel_job(actor=request.actor, job_id=job_id)
            said = _("The job will not be done. If it is running, it stops at its next step.")
        case "repeat":
            repeat_job(actor=request.actor, job_id=job_id)
            said = _("The job waits for its turn again.")
        case _unknown:
            raise Http404
    return done(request, reverse("jobs:job", args=[job_id]), said)

"""The agency's desk: adopted proposals whose projects are still to be started."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from banso.kept.keeping import keep
from banso.projects import queries
from banso.projects.commands.start_project import start_project
from banso.projects.forms import StartForm
from banso.projects.lists import TO_START
from banso.projects.permissions import START_PROJECT
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.lists.answering import answer_list
from banso.web.pages import page, see_other

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request

WITHOUT_CONFLICT = _(
    "Officers of the funding agency, and PD and PO of the concept, who have no conflict of"
    " interest with the proposal shown."
)


@require_safe
def projects_to_start(request: Request) -> HttpResponseBase:
    """List adopted proposals whose projects are still to be started."""
    return answer_list(
        request,
        TO_START,
        queries.proposals_to_start(request.actor, at=request.at),
        template="projects/desk/projects_to_start.html",
        audience=WITHOUT_CONFLICT,
        at=request.at,
    )


@shows_and_takes
def start(request: Request, proposal_id: UUID) -> HttpResponse:
    """Start the project of an adopted proposal; one that is started has its page."""
    started = queries.project_started_from(proposal_id)
    if started:
        return see_other(reverse("projects:project", args=[started.code]))
    proposal = queries.proposals_to_start(request.actor, at=request.at).get(pk=proposal_id)
    if request.method == "POST":
        START_PROJECT.require(request.actor, proposal)
    form = keep(request, StartForm(sent(request)), subject=proposal_id, about=proposal.title_ja)
    act = partial(start_project, actor=request.actor, proposal_id=proposal_id)
    answered = answer(request, form, act)
    if answered.made:
        address = reverse("projects:my_project", args=[answered.made.code])
        return done(request, address, _("The project is started and public."))
    context = {
        "proposal": proposal,
        "may_start": START_PROJECT.allows(request.actor, proposal),
        **answered.shown,
    }
    return page(
        request,
        "projects/desk/start.html",
        context,
        audience=WITHOUT_CONFLICT,
        status=answered.status,
    )

"""How a team changes: a request, the person concerned, and the agency that applies it (G2)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from banso.projects import queries
from banso.projects.commands.acknowledge_team_change import acknowledge_team_change
from banso.projects.commands.apply_team_change import apply_team_change
from banso.projects.commands.end_team_change import end_team_change
from banso.projects.commands.request_team_change import request_team_change
from banso.projects.forms import TeamChangeForm
from banso.projects.messages import EVERY_GROUND
from banso.projects.permissions import REQUEST_TEAM_CHANGE
from banso.projects.views.inside import inside_page
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.forms import ActForm
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from banso.people.actors import Request
    from banso.web.answering import Answer


@shows_and_takes
def request_change(request: Request, code: str) -> HttpResponse:
    """Ask that a person leave the team."""
    project = queries.my_project(request.actor, code)
    if request.method == "POST":
        REQUEST_TEAM_CHANGE.require(request.actor, project)
    form = TeamChangeForm(sent(request), team=queries.team_of(request.actor, project.pk))
    act = partial(request_team_change, actor=request.actor, project_id=project.pk)
    answered = answer(request, form, act)
    if answered.is_done:
        message = _("The request has reached the person concerned. Nobody else reads it yet.")
        return done(request, reverse("projects:my_project", args=[code]), message)
    return inside_page(request, code, form=form, refusal=answered.refusal, status=answered.status)


@shows_and_takes
def acknowledge(request: Request, change_id: UUID) -> HttpResponse:
    """Confirm having seen a request about oneself."""
    act = partial(acknowledge_team_change, actor=request.actor, change_id=change_id)
    answered = answer(request, ActForm(sent(request)), act)
    if answered.is_done:
        message = _("The request is passed on. It is recorded that you saw it.")
        return done(request, reverse("projects:my_projects"), message)
    return _page_of_the_person(request, change_id, answered)


@shows_and_takes
def end(request: Request, change_id: UUID) -> HttpResponse:
    """End a request about oneself, unseen by anybody else."""
    act = partial(end_team_change, actor=request.actor, change_id=change_id)
    answered = answer(request, ActForm(sent(request)), act)
    if answered.is_done:
        message = _("The request has ended. Nobody is told.")
        return done(request, reverse("projects:my_projects"), message)
    return _page_of_the_person(request, change_id, answered)


@shows_and_takes
def apply(request: Request, change_id: UUID) -> HttpResponse:
    """Change the team as requested."""
    code = queries.team_change_for(request.actor, change_id).project.code
    act = partial(apply_team_change, actor=request.actor, change_id=change_id)
    answered = answer(request, ActForm(sent(request)), act)
    if answered.is_done:
        message = _("The team was changed. The person is no longer in it from today.")
        return done(request, reverse("projects:my_project", args=[code]), message)
    return inside_page(request, code, refusal=answered.refusal, status=answered.status)


def _page_of_the_person(
    request: Request, change_id: UUID, answered: Answer[ActForm, Any]
) -> HttpResponse:
    context = {
        "change": queries.team_change_about(request.actor, change_id),
        "grounds": EVERY_GROUND,
        "refusal": answered.refusal,
    }
    return page(
        request,
        "projects/team/team_change.html",
        context,
        audience=_("You and whoever made the request. Others only once you pass it on."),
        status=answered.status,
    )

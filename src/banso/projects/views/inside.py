"""The inside of projects: the list of one's own, and a project with its team and plan."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from banso.projects import queries
from banso.projects.forms import TeamChangeForm
from banso.projects.lists import MY_PROJECTS
from banso.projects.messages import EVERY_GROUND
from banso.projects.permissions import APPLY_TEAM_CHANGE, REQUEST_TEAM_CHANGE
from banso.web.explanations import NOTHING_REFUSED
from banso.web.lists.answering import answer_list
from banso.web.pages import page

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request
    from banso.web.explanations import Explanation

THOSE_INSIDE = _(
    "The project's current team, its institution's officers, the funding agency's officers, and"
    " PD and PO of the concept."
)


@require_safe
def my_projects(request: Request) -> HttpResponseBase:
    """List the projects that are open to the viewer, and requests about the viewer."""
    return answer_list(
        request,
        MY_PROJECTS,
        queries.my_projects(request.actor),
        template="projects/inside/my_projects.html",
        audience=_("You alone. Each project is open to those whom its own page names."),
        at=request.at,
        context={
            "changes": queries.team_changes_about(request.actor),
            "grounds": EVERY_GROUND,
        },
    )


@require_safe
def my_project(request: Request, code: str) -> HttpResponse:
    """Show the inside of a project: team, plan, agreed items."""
    return inside_page(request, code)


def inside_page(
    request: Request,
    code: str,
    *,
    form: Any = None,  # noqa: ANN401 - the form of a request that comes back
    refusal: Explanation = NOTHING_REFUSED,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Answer with a project's inside, or with its team alone where htmx waits for it."""
    actor = request.actor
    project = queries.my_project(actor, code)
    team = queries.team_of(actor, project.pk)
    context = {
        "project": project,
        "team": team,
        "plans": queries.plans_of(actor, project.pk),
        "viewpoints": queries.viewpoints_of(actor, project.pk),
        "changes": queries.team_changes_of(actor, project.pk),
        "grounds": EVERY_GROUND,
        "own_id": actor.person_id,
        "may_request": REQUEST_TEAM_CHANGE.allows(actor, project),
        "may_apply": APPLY_TEAM_CHANGE.allows(actor, project),
        "form": form or TeamChangeForm(team=team),
        "refusal": refusal,
    }
    return page(
        request,
        "projects/inside/my_project.html",
        context,
        audience=THOSE_INSIDE,
        part="projects/team/_team.html",
        status=status,
    )

"""What everybody reads about projects: the list, its files, and a project's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from banso.projects import queries
from banso.projects.lists import PROJECTS
from banso.web.lists.answering import answer_list, list_file
from banso.web.pages import EVERYBODY, page

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request


@require_safe
def projects(request: Request) -> HttpResponseBase:
    """List adopted projects under the chosen filter."""
    return answer_list(
        request,
        PROJECTS,
        queries.projects(),
        template="projects/public/projects.html",
        audience=EVERYBODY,
        at=request.at,
    )


@require_safe
def projects_file(request: Request, form: str) -> HttpResponseBase:
    """Give the list as a file with every column, under the same filter."""
    return list_file(
        request, PROJECTS, queries.projects(), form=form, at=request.at, is_whole=True
    )


@require_safe
def project(request: Request, code: str) -> HttpResponse:
    """Show what is public about one project."""
    context = {"project": queries.project_by_code(code)}
    return page(request, "projects/public/project.html", context, audience=EVERYBODY)

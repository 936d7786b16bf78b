"""What waits for a person, and what they run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from banso.portal.queries.desk import desk_of
from banso.portal.queries.tasks import tasks_for
from banso.web.pages import page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from banso.people.actors import Request


@require_safe
def my(request: Request) -> HttpResponse:
    """Gather what waits for this person, whatever their roles."""
    context = {"tasks": tasks_for(request.actor, request.at), "audience": _("You alone.")}
    return page(request, "portal/my.html", context)


@require_safe
def desk(request: Request) -> HttpResponse:
    """Lead whoever runs calls and projects to their lists."""
    context = {"desk": desk_of(request.actor, request.at), "audience": _("You alone.")}
    return page(request, "portal/desk.html", context)

"""The secretariat of a council: what is still missing, who has joined, when it meets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from banso.councils.lists.meetings import MEETING_DATES
from banso.councils.lists.people import ASKED
from banso.councils.messages import THE_SECRETARIAT
from banso.councils.queries import councils, meetings, membership
from banso.web.lists.answering import answer_list
from banso.web.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Actor, Request
    from banso.web.lists.listing import Listing

FIRST_PEOPLE, FIRST_MEETINGS = 20, 5


@require_safe
def secretariat(request: Request, council_id: UUID) -> HttpResponse:
    """Show the organiser what a council still needs, and who has joined: nothing finer."""
    viewer = request.actor
    asked = membership.people_asked(viewer, council_id)
    dates = meetings.meeting_dates_of(viewer, council_id)
    context = {
        "council": councils.organised_council(viewer, council_id),
        "asked": asked[:FIRST_PEOPLE],
        "asked_count": asked.count(),
        "meetings": dates[:FIRST_MEETINGS],
        "meeting_count": dates.count(),
        "is_member": councils.is_member(viewer, council_id),
    }
    return page(
        request,
        "councils/secretariat/secretariat.html",
        context,
        audience=THE_SECRETARIAT,
        is_restricted=True,
    )


@require_safe
def people_asked(request: Request, council_id: UUID) -> HttpResponseBase:
    """List the people who were invited: joined or not joined, nothing finer (C5)."""
    return _list_of_secretariat(
        request, council_id, ASKED, membership.people_asked, template="people_asked.html"
    )


@require_safe
def meeting_dates(request: Request, council_id: UUID) -> HttpResponseBase:
    """List number and date of the meetings; the rest is the room's."""
    return _list_of_secretariat(request, council_id, MEETING_DATES, meetings.meeting_dates_of)


def _list_of_secretariat(
    request: Request,
    council_id: UUID,
    listing: Listing,
    rows_of: Callable[[Actor, UUID], QuerySet[Any]],
    *,
    template: str = "list.html",
) -> HttpResponseBase:
    council = councils.organised_council(request.actor, council_id)
    return answer_list(
        request,
        listing,
        rows_of(request.actor, council.pk),
        template=f"councils/secretariat/{template}",
        audience=THE_SECRETARIAT,
        at=request.at,
        context={"council": council},
        is_restricted=True,
    )

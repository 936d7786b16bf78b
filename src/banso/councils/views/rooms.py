"""My councils, and one council as its members see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from banso.councils.lists.councils import ORGANISED, ROOMS
from banso.councils.lists.meetings import MEETINGS
from banso.councils.lists.people import MEMBERS
from banso.councils.messages import MEMBERS_TODAY, THE_SECRETARIAT
from banso.councils.queries import agreement, councils, meetings, membership
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

# How many of each kind a page shows that leads to the whole list.
FIRST_COUNCILS, FIRST_MEMBERS, FIRST_MEETINGS, FIRST_ITEMS = 5, 20, 3, 3


@require_safe
def my_councils(request: Request) -> HttpResponseBase:
    """List my rooms; above them what waits for my own consent, below what I organise."""
    viewer = request.actor
    organised = councils.organised_councils(viewer) if viewer.ministries else None
    context = {
        "invitations": membership.invitations_for(viewer),
        "representations": councils.representations_for(viewer),
        "organised": organised[:FIRST_COUNCILS] if organised is not None else (),
        "organised_count": organised.count() if organised is not None else 0,
        "organises": bool(viewer.ministries),
    }
    return answer_list(
        request,
        ROOMS,
        councils.with_next_meeting(councils.rooms_for(viewer), at=request.at),
        template="councils/rooms/my_councils.html",
        audience=_("You alone."),
        at=request.at,
        context=context,
    )


@require_safe
def organised_councils(request: Request) -> HttpResponseBase:
    """List the councils whose secretariat I keep."""
    organised = councils.organised_councils(request.actor)
    return answer_list(
        request,
        ORGANISED,
        councils.with_next_meeting(organised, at=request.at),
        template="web/list.html",
        audience=THE_SECRETARIAT,
        at=request.at,
        context={"breadcrumbs": [(_("My councils"), reverse("councils:councils"))]},
    )


@require_safe
def room(request: Request, council_id: UUID) -> HttpResponse:
    """Show a council to its current members: the next meeting, and the latest of everything."""
    viewer = request.actor
    council = councils.room_with_counts(viewer, council_id)
    context = {
        "council": council,
        "next_meeting": meetings.next_meeting_of(viewer, council_id, at=request.at),
        "members": membership.members_of(viewer, council_id)[:FIRST_MEMBERS],
        "meetings": meetings.meetings_of(viewer, council_id)[:FIRST_MEETINGS],
        "agreed_items": agreement.agreed_items_of(viewer, council_id)[:FIRST_ITEMS],
        "bylaws": meetings.bylaws_of(viewer, council_id),
        "keeps_secretariat": council.organiser_id in viewer.ministries,
    }
    return page(
        request, "councils/rooms/room.html", context, audience=MEMBERS_TODAY, is_restricted=True
    )


@require_safe
def members(request: Request, council_id: UUID) -> HttpResponseBase:
    """List the current members of a room."""
    return _list_of_room(request, council_id, MEMBERS, membership.members_of)


@require_safe
def room_meetings(request: Request, council_id: UUID) -> HttpResponseBase:
    """List the meetings of a room."""
    return _list_of_room(request, council_id, MEETINGS, meetings.meetings_of)


def _list_of_room(
    request: Request,
    council_id: UUID,
    listing: Listing,
    rows_of: Callable[[Actor, UUID], QuerySet[Any]],
) -> HttpResponseBase:
    council = councils.room_for(request.actor, council_id)
    return answer_list(
        request,
        listing,
        rows_of(request.actor, council.pk),
        template="councils/rooms/list.html",
        audience=MEMBERS_TODAY,
        at=request.at,
        context={"council": council},
        is_restricted=True,
    )


@require_safe
def meeting(request: Request, council_id: UUID, number: int) -> HttpResponse:
    """Show one meeting of a room with its agenda and its minutes."""
    context = {
        "council": councils.room_for(request.actor, council_id),
        "meeting": meetings.meeting_of(request.actor, council_id, number),
    }
    return page(
        request, "councils/rooms/meeting.html", context, audience=MEMBERS_TODAY, is_restricted=True
    )

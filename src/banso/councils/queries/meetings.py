"""Meetings of a council with their agendas, and its bylaws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

from banso.councils.models import AgendaItem, BylawsEdition, Council, CouncilMeeting

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor


def meetings_of(viewer: Actor, council_id: UUID) -> QuerySet[CouncilMeeting]:
    """List the meetings of a viewer's room with their agendas, newest first."""
    agenda = Prefetch("agenda", AgendaItem.objects.order_by("number"))
    readable = CouncilMeeting.objects.visible_to(viewer).filter(council_id=council_id)
    return readable.prefetch_related(agenda).order_by("-held_at", "-number")


def meeting_of(viewer: Actor, council_id: UUID, number: int) -> CouncilMeeting:
    """Find a meeting of a viewer's room by its number."""
    return meetings_of(viewer, council_id).get(number=number)


def next_meeting_of(viewer: Actor, council_id: UUID, *, at: datetime) -> CouncilMeeting | None:
    """Find the meeting that comes next, if one is on record."""
    ahead = meetings_of(viewer, council_id).filter(held_at__gte=at)
    return ahead.order_by("held_at", "number").first()


def bylaws_of(viewer: Actor, council_id: UUID) -> BylawsEdition | None:
    """Find the edition of the bylaws in force in a viewer's room."""
    readable = BylawsEdition.objects.visible_to(viewer).filter(council_id=council_id)
    return readable.order_by("-number").first()


def agenda_items_of(viewer: Actor, council_id: UUID) -> QuerySet[AgendaItem]:
    """List the matters that a viewer's room took up, newest first."""
    meetings = CouncilMeeting.objects.visible_to(viewer).filter(council_id=council_id)
    items = AgendaItem.objects.filter(meeting__in=meetings).select_related("meeting")
    return items.order_by("-meeting__number", "number")


def meeting_dates_of(viewer: Actor, council_id: UUID) -> QuerySet[CouncilMeeting]:
    """List number and date of the meetings for the secretariat; the rest is the room's."""
    organised = Council.objects.organised_by(viewer).filter(pk=council_id)
    dates = CouncilMeeting.objects.filter(council__in=organised).only("number", "held_at")
    return dates.order_by("-number")


def meetings_matching(meetings: QuerySet[CouncilMeeting], words: str) -> QuerySet[CouncilMeeting]:
    """Keep meetings whose agenda or minutes contain every word."""
    for word in words.split():
        agenda = AgendaItem.objects.filter(title__icontains=word).values("meeting")
        meetings = meetings.filter(Q(minutes__icontains=word) | Q(pk__in=agenda))
    return meetings

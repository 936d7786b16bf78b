"""What everybody may know of councils: that they exist and when they meet, without any person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from banso.councils.models import Council, CouncilMeeting

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCouncil:
    """What everybody may know of a council: that it exists, who organises it, since when."""

    concept_id: UUID
    kind: str
    organiser: Organisation
    established_at: datetime
    meetings_held: int
    is_sample: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicMeeting:
    """What everybody may know of a council's meeting: its number and when it is held."""

    concept_id: UUID
    number: int
    held_at: datetime
    is_sample: bool


def public_councils(concept_id: UUID) -> list[PublicCouncil]:
    """List the established councils of a concept, without any name of a person."""
    councils = (
        Council.objects.established()
        .filter(concept_id=concept_id)
        .select_related("organiser")
        .annotate(meetings_held=Count("meetings"))
        .order_by("established_at", "pk")
    )
    return [
        PublicCouncil(
            concept_id=council.concept_id,
            kind=council.kind,
            organiser=council.organiser,
            established_at=council.established_at,
            meetings_held=council.meetings_held,  # type: ignore[attr-defined]  # annotated by the query
            is_sample=council.is_sample,
        )
        for council in councils
        if council.established_at is not None
    ]


def public_meetings(concept_id: UUID | None = None) -> list[PublicMeeting]:
    """List number and date of the meetings of one concept's councils, or of all, newest first."""
    meetings = CouncilMeeting.objects.filter(council__established_at__isnull=False)
    if concept_id is not None:
        meetings = meetings.filter(council__concept_id=concept_id)
    return [
        PublicMeeting(
            concept_id=meeting.council.concept_id,
            number=meeting.number,
            held_at=meeting.held_at,
            is_sample=meeting.council.is_sample,
        )
        for meeting in meetings.select_related("council").order_by("-held_at", "-number")
    ]

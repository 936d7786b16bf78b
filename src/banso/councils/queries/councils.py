"""Councils in which the viewer sits, which they organise, or which ask them to represent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from banso.catalogue.models import Concept
from banso.councils.models import AgreedItem, Council, CouncilMeeting, Membership
from banso.people.models import Appointment, Organisation, Person
from banso.projects.models import Project
from banso.rulebook.councils import DIRECTOR_ROLES
from banso.rulebook.japan import day_in_japan

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor


def rooms_for(viewer: Actor) -> QuerySet[Council]:
    """List the councils of which the viewer is a current member."""
    return _with_names(Council.objects.visible_to(viewer))


def room_for(viewer: Actor, council_id: UUID) -> Council:
    """Find a council of which the viewer is a current member."""
    return rooms_for(viewer).get(pk=council_id)


def room_with_counts(viewer: Actor, council_id: UUID) -> Council:
    """Find a viewer's room with the numbers of members, meetings and agreed items."""
    seats = Membership.objects.in_office()
    counted = rooms_for(viewer).annotate(
        member_count=_count_of(seats),
        meeting_count=_count_of(CouncilMeeting.objects.all()),
        agreed_item_count=_count_of(AgreedItem.objects.all()),
    )
    return counted.get(pk=council_id)


def is_member(viewer: Actor, council_id: UUID) -> bool:
    """Tell whether the viewer is a current member of the council."""
    return Council.objects.visible_to(viewer).filter(pk=council_id).exists()


def representations_for(viewer: Actor) -> QuerySet[Council]:
    """List councils that ask the viewer to represent the R&D and have no answer yet."""
    named = Council.objects.represented_by(viewer).filter(representative_consented_at=None)
    return _with_names(named)


def representation_for(viewer: Actor, council_id: UUID) -> Council:
    """Find a council that asks the viewer to represent the R&D."""
    return representations_for(viewer).get(pk=council_id)


def organised_councils(viewer: Actor) -> QuerySet[Council]:
    """List the councils whose secretariat the viewer keeps."""
    return _with_names(Council.objects.organised_by(viewer))


def organised_council(viewer: Actor, council_id: UUID) -> Council:
    """Find a council whose secretariat the viewer keeps."""
    return organised_councils(viewer).get(pk=council_id)


def with_next_meeting(councils: QuerySet[Council], *, at: datetime) -> QuerySet[Council]:
    """Add the instant of each council's next meeting; the date of a meeting is public."""
    ahead = CouncilMeeting.objects.filter(council=OuterRef("pk"), held_at__gte=at)
    first = ahead.order_by().values("council").annotate(first=Min("held_at")).values("first")
    return councils.annotate(next_meeting_at=Subquery(first))


def councils_matching(councils: QuerySet[Council], words: str) -> QuerySet[Council]:
    """Keep councils whose concept or organiser is named by every word."""
    for word in words.split():
        councils = councils.filter(
            Q(concept__title__icontains=word)
            | Q(concept__title_en__icontains=word)
            | Q(organiser__name_ja__icontains=word)
            | Q(organiser__name_en__icontains=word)
        )
    return councils


def has_other_council(council: Council) -> bool:
    """Tell whether the concept has another council; that one exists is public (C1)."""
    others = Council.objects.established().filter(concept_id=council.concept_id, dissolved_at=None)
    return others.exclude(pk=council.pk).exists()


def possible_representatives(council: Council, *, at: datetime) -> QuerySet[Person]:
    """List the PD, the PO and the leads of the concept's projects (C2)."""
    directors = Appointment.objects.on(day_in_japan(at)).filter(
        role__in=DIRECTOR_ROLES, scope_id=council.concept_id
    )
    leads = Project.objects.filter(concept_id=council.concept_id)
    people = Person.objects.filter(
        Q(pk__in=directors.values("person_id")) | Q(pk__in=leads.values("lead_id"))
    )
    return people.order_by("family_name_kana", "family_name", "pk")


def concepts_to_choose() -> QuerySet[Concept]:
    """List the concepts for which a council can be prepared."""
    return Concept.objects.order_by("title", "pk")


def ministries_of(viewer: Actor) -> QuerySet[Organisation]:
    """List the ministries that the viewer serves as an officer."""
    return Organisation.objects.filter(pk__in=viewer.ministries).order_by("name_ja")


def ministries() -> QuerySet[Organisation]:
    """List every ministry; their names are public."""
    ministries = Organisation.objects.standing().of_kind(Organisation.Kind.MINISTRY)
    return ministries.order_by("sort_key", "pk")


def _count_of(rows: QuerySet[Any]) -> Coalesce:
    of_council = rows.filter(council=OuterRef("pk")).order_by().values("council")
    return Coalesce(Subquery(of_council.annotate(count=Count("pk")).values("count")), 0)


def _with_names(councils: QuerySet[Council]) -> QuerySet[Council]:
    related = councils.select_related("concept", "organiser", "fund_minister", "representative")
    return related.order_by("concept__title", "prepared_at", "pk")

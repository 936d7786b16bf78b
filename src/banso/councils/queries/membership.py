"""Who is asked, who is a member, and each person's own record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from banso.councils.models import Membership
from banso.rulebook.clauses import duty_text
from banso.rulebook.japan import day_in_japan

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor
    from banso.rulebook.clauses import DutyText


def duty_in_force(*, at: datetime) -> DutyText:
    """Give the law's words and the penalty in force, for a screen that asks consent (S4)."""
    return duty_text(on=day_in_japan(at))


def last_membership(viewer: Actor, council_id: UUID) -> Membership:
    """Find what the viewer last was in a council, a member or one who has left."""
    own = Membership.objects.visible_to(viewer).own(viewer).filter(accepted_at__isnull=False)
    return own.filter(council_id=council_id).latest("accepted_at")


def members_of(viewer: Actor, council_id: UUID) -> QuerySet[Membership]:
    """List the current members, for a viewer who is one; the order tells nothing of when."""
    readable = Membership.objects.visible_to(viewer).in_office().filter(council_id=council_id)
    return readable.select_related("person", "organisation", "council").order_by(
        "side", "organisation__name_ja", "person__family_name_kana", "person__family_name", "pk"
    )


def invitations_for(viewer: Actor) -> QuerySet[Membership]:
    """List what waits for the viewer's own consent, oldest first."""
    waiting = Membership.objects.visible_to(viewer).own(viewer).waiting()
    related = waiting.select_related("council__concept", "council__organiser", "organisation")
    return related.order_by("invited_at", "pk")


def invitation_for(viewer: Actor, membership_id: UUID) -> Membership:
    """Find an invitation of the viewer's own that waits for an answer."""
    return invitations_for(viewer).get(pk=membership_id)


def own_memberships(viewer: Actor) -> QuerySet[Membership]:
    """List what the viewer was asked, answered and left; nobody else reads this."""
    own = (
        Membership.objects.visible_to(viewer)
        .own(viewer)
        .exclude(accepted_at=None, declined_at=None)
    )
    return own.select_related("council__concept").order_by("-invited_at", "pk")


def people_asked(viewer: Actor, council_id: UUID) -> QuerySet[Membership]:
    """List whom the viewer's secretariat asked, each once, with the last invitation's body.

    Pending, declined and left are one thing here, in what is read as in what is shown: when a
    person was asked and what they answered is not even fetched (C5).
    """
    asked = Membership.objects.of_secretariat(viewer).filter(council_id=council_id)
    latest = asked.order_by("person_id", "-invited_at", "-pk").distinct("person_id")
    seats = Membership.objects.in_office().filter(
        council_id=OuterRef("council_id"), person_id=OuterRef("person_id")
    )
    each_once = Membership.objects.filter(pk__in=latest.values("pk"))
    return (
        each_once.annotate(has_joined=Exists(seats))
        .select_related("person", "organisation")
        .defer("invited_at", "accepted_at", "declined_at", "left_at")
        .order_by("organisation__name_ja", "person__family_name_kana", "person__family_name", "pk")
    )


def members_matching(memberships: QuerySet[Membership], words: str) -> QuerySet[Membership]:
    """Keep those whose person's or body's names contain every word."""
    for word in words.split():
        memberships = memberships.filter(
            Q(person__family_name__icontains=word)
            | Q(person__given_name__icontains=word)
            | Q(person__family_name_en__icontains=word)
            | Q(person__given_name_en__icontains=word)
            | Q(organisation__name_ja__icontains=word)
            | Q(organisation__name_en__icontains=word)
        )
    return memberships


def own_record_matching(memberships: QuerySet[Membership], words: str) -> QuerySet[Membership]:
    """Keep those of councils whose concept is named by every word."""
    for word in words.split():
        memberships = memberships.filter(
            Q(council__concept__title__icontains=word)
            | Q(council__concept__title_en__icontains=word)
        )
    return memberships

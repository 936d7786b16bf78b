"""Reading who stands in for whom, and what a deputy did for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from banso.ledger.models import Entry
from banso.people.models import Affiliation, Appointment, Deputy, Person
from banso.rulebook.offices import MAY_BE_DEPUTISED

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from banso.people.actors import Actor

LATEST = 50


def deputies_of_desk(viewer: Actor) -> QuerySet[Deputy]:
    """List the deputies of the viewer's bodies, and their own on either side, latest first."""
    named = Deputy.objects.visible_to(viewer)
    related = named.select_related("person", "deputy", "organisation", "named_by")
    return related.order_by("-from_on", "pk")


def officers_with_deputies(viewer: Actor) -> QuerySet[Person]:
    """List who holds an office of the viewer's bodies in which somebody can stand in."""
    held = Appointment.objects.on(viewer.on).filter(
        role__in=MAY_BE_DEPUTISED, organisation_id__in=viewer.desks
    )
    return Person.objects.filter(pk__in=held.values("person_id")).order_by("sort_key", "pk")


def colleagues_of(viewer: Actor) -> QuerySet[Person]:
    """List who belongs to the viewer's bodies."""
    belonging = Affiliation.objects.on(viewer.on).filter(organisation_id__in=viewer.desks)
    return Person.objects.filter(pk__in=belonging.values("person_id")).order_by("sort_key", "pk")


def done_for(viewer: Actor) -> list[Entry]:
    """List the latest acts that the viewer's deputies did for them."""
    asked = Q(pk__in=())
    for named in Deputy.objects.filter(person_id=viewer.person_id):
        asked |= Q(
            actor_id=named.deputy_id, at__date__gte=named.from_on, at__date__lt=named.until_on
        )
    said = f'"for":["{viewer.person_id}"'
    entries = Entry.objects.filter(asked, detail__text__contains=said)
    return list(entries.order_by("-number")[:LATEST])

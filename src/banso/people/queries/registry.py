"""Reading the registry as a desk keeps it: persons, bodies, affiliations and appointments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q

from banso.people.actors import OPERATOR
from banso.people.models import (
    Affiliation,
    Appointment,
    Organisation,
    Person,
    ProposedAppointment,
)
from banso.people.models.keys import words_in
from banso.people.models.persons import NUMBERS
from banso.people.queries.persons import with_places
from banso.rulebook.offices import GIVEN_BY, HELD_FOR

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from banso.people.actors import Actor

MOST_LIKELY = 10


def keeps_a_registry(viewer: Actor) -> bool:
    """Tell whether the person has a desk, or operates the whole."""
    return bool(viewer.desks) or viewer.holds({OPERATOR})


def desk_bodies(viewer: Actor) -> QuerySet[Organisation]:
    """List the bodies for which the viewer registers people."""
    bodies = Organisation.objects.standing()
    if not viewer.holds({OPERATOR}):
        bodies = bodies.filter(pk__in=viewer.desks)
    return bodies.order_by("sort_key", "pk")


def registered_persons(viewer: Actor) -> QuerySet[Person]:
    """List the persons whose records the viewer's desks read, with what holds today."""
    roles = Appointment.objects.on(viewer.on).select_related("organisation")
    persons = with_places(Person.objects.visible_to(viewer), viewer.on)
    shown = Prefetch("appointments", roles.order_by("role", "pk"), to_attr="roles")
    return persons.prefetch_related(shown).select_related("kept_by")


def registered_bodies() -> QuerySet[Organisation]:
    """List the bodies; their names and numbers are public."""
    return Organisation.objects.standing()


def affiliations_of_desk(viewer: Actor) -> QuerySet[Affiliation]:
    """List who belongs or belonged to the viewer's bodies."""
    return Affiliation.objects.visible_to(viewer).select_related("person", "organisation")


def appointments_of_desk(viewer: Actor) -> QuerySet[Appointment]:
    """List who holds or held which role for the viewer's bodies."""
    return Appointment.objects.visible_to(viewer).select_related("person", "organisation")


def proposed_appointments(viewer: Actor) -> QuerySet[ProposedAppointment]:
    """List the appointments that wait for a second person."""
    waiting = ProposedAppointment.objects.visible_to(viewer).waiting()
    related = waiting.select_related("person", "organisation", "proposed_by")
    return related.order_by("proposed_at", "pk")


def person_on_record(viewer: Actor, person_id: UUID) -> Person:
    """Find one record that the viewer may read."""
    return Person.objects.visible_to(viewer).select_related("kept_by").get(pk=person_id)


def places_of(person: Person) -> QuerySet[Affiliation]:
    """List where a person belongs and belonged, latest first."""
    return person.affiliations.select_related("organisation").order_by("-from_on", "pk")


def roles_of(person: Person) -> QuerySet[Appointment]:
    """List what a person holds and held, latest first."""
    return person.appointments.select_related("organisation").order_by("-from_on", "pk")


def body_on_record(organisation_id: UUID) -> Organisation:
    """Find one body; one that was merged is found as well, and says into which."""
    return Organisation.objects.select_related("merged_into").get(pk=organisation_id)


def affiliation_on_record(viewer: Actor, affiliation_id: UUID) -> Affiliation:
    """Find one affiliation with the viewer's bodies."""
    return affiliations_of_desk(viewer).get(pk=affiliation_id)


def appointment_on_record(viewer: Actor, appointment_id: UUID) -> Appointment:
    """Find one appointment for the viewer's bodies, or of their own."""
    return appointments_of_desk(viewer).get(pk=appointment_id)


def everybody(viewer: Actor) -> QuerySet[Person]:
    """List whoever can be given a role: a name with its place is no secret among desks."""
    persons = Person.objects.filter(merged_into=None).exclude(pk=viewer.person_id)
    return persons.order_by("sort_key", "pk")


def likely_same(values: Mapping[str, str], on: date) -> list[Person]:
    """Find whom new values may be of: equal numbers, or the same name in kanji or in sound."""
    asked = Q(pk__in=())
    for number in NUMBERS:
        if values.get(number):
            asked |= Q((number, values[number]))
    for family, given in (
        ("family_name", "given_name"),
        ("family_name_kana", "given_name_kana"),
        ("family_name_en", "given_name_en"),
    ):
        name = f"{values.get(family, '')}{values.get(given, '')}"
        if values.get(family) and values.get(given):
            asked |= words_in(name)
    persons = with_places(Person.objects.filter(asked, merged_into=None), on)
    return list(persons.order_by("sort_key", "pk")[:MOST_LIKELY])


def roles_given_by(viewer: Actor) -> list[str]:
    """List the roles that the viewer gives for some body."""
    if viewer.holds({OPERATOR}):
        return list(HELD_FOR)
    given = {role for held in viewer.roles for role in GIVEN_BY.get(held, ())}
    if viewer.agencies:
        given.add(Appointment.Role.INSTITUTION_OFFICER)
    return [role for role in HELD_FOR if role in given]


def bodies_to_appoint_for(viewer: Actor) -> QuerySet[Organisation]:
    """List the bodies for which the viewer gives roles."""
    bodies = Organisation.objects.standing()
    if not viewer.holds({OPERATOR}):
        own = Q(pk__in=viewer.desks)
        if viewer.agencies:
            kinds = [Organisation.Kind.INSTITUTION, Organisation.Kind.COMPANY]
            own |= Q(kind__in=kinds) | Q(further_kinds__overlap=kinds)
        bodies = bodies.filter(own)
    return bodies.order_by("sort_key", "pk")


def persons_chosen(rows: QuerySet[Person], chosen: Mapping[str, Any]) -> QuerySet[Person]:
    """Keep the persons of a body or with a role, as a list's filters ask."""
    if chosen.get("role"):
        rows = rows.filter(pk__in=_holders(chosen["role"]))
    return rows


def _holders(role: str) -> QuerySet[Appointment, Any]:
    return Appointment.objects.filter(role=role).values("person_id")


def named_roles(codes: Collection[str]) -> list[tuple[str, StrOrPromise]]:
    """Name roles in their order, as a form offers them."""
    return [(code, label) for code, label in Appointment.Role.choices if code in codes]

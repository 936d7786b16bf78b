"""Somebody names who stands in for them, or an officer of their body does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command
from banso.people.models import Affiliation, Appointment, Deputy, Person
from banso.people.permissions import NAME_DEPUTY
from banso.people.records.changes import record_change
from banso.rulebook.offices import DEPUTIES, may_name_deputy
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from banso.people.actors import Actor


@command
def name_deputy(
    *,
    actor: Actor,
    person_id: UUID,
    deputy_id: UUID,
    organisation_id: UUID,
    from_on: date,
    until_on: date,
) -> Deputy:
    """Let a colleague act in the person's office of one body, under their own name (O2)."""
    deputy = Deputy(
        person_id=person_id,
        deputy_id=deputy_id,
        organisation_id=organisation_id,
        from_on=from_on,
        until_on=until_on,
        named_by_id=actor.person_id,
    )
    NAME_DEPUTY.require(actor, deputy)
    offices = Appointment.objects.on(from_on).filter(
        person_id=person_id, organisation_id=organisation_id
    )
    places = Affiliation.objects.on(from_on).filter(
        person_id=deputy_id, organisation_id=organisation_id
    )
    enforce(
        may_name_deputy(
            person=person_id,
            deputy=deputy_id,
            offices=frozenset(offices.values_list("role", flat=True)),
            is_of_the_body=places.exists(),
            from_on=from_on,
            until_on=until_on,
        )
    )
    both = Person.objects.filter(pk__in=(person_id, deputy_id), merged_into=None).order_by("pk")
    deputy.save()
    record_change(
        subject=deputy,
        clause=DEPUTIES,
        of=[(one, {}) for one in both],
        details={
            "person": person_id,
            "deputy": deputy_id,
            "organisation": organisation_id,
            "from_on": from_on,
            "until_on": until_on,
        },
    )
    return deputy

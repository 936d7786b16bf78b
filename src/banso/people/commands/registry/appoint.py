"""A person is appointed to a role, for an organisation, over a concept or over all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command
from banso.people.actors import CONSOLE
from banso.people.models import Appointment, Person
from banso.people.permissions import APPOINT
from banso.people.records.changes import record_change
from banso.people.records.offices import kinds_of
from banso.rulebook.offices import APPOINTING, may_appoint
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from banso.people.actors import Actor


@command
def appoint(
    *,
    actor: Actor,
    person_id: UUID,
    role: str,
    organisation_id: UUID | None = None,
    scope_id: UUID | None = None,
    from_on: date,
    until_on: date | None = None,
) -> Appointment:
    """Appoint alone to a role that decides nothing alone, from a day on (G1, O1)."""
    appointment = Appointment(
        person_id=person_id,
        role=role,
        organisation_id=organisation_id,
        scope_id=scope_id,
        from_on=from_on,
        until_on=until_on,
    )
    APPOINT.require(actor, appointment)
    enforce(
        may_appoint(
            role=role,
            body_kinds=kinds_of(organisation_id),
            person=person_id,
            decided_by={actor.person_id},
            is_at_console=actor.person_id == CONSOLE,
        )
    )
    person = Person.objects.get(pk=person_id)
    appointment.save()
    record_change(
        subject=appointment,
        clause=APPOINTING,
        of=[(person, {})],
        details={
            "person": person_id,
            "role": role,
            "organisation": organisation_id,
            "scope": scope_id,
            "from_on": from_on,
        },
    )
    return appointment

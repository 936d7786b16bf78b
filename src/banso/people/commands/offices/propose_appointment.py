"""One person proposes an appointment that gives power over others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command
from banso.people.models import Person, ProposedAppointment
from banso.people.permissions import PROPOSE_APPOINTMENT
from banso.people.records.changes import record_change
from banso.people.records.offices import kinds_of
from banso.rulebook.offices import APPOINTING, may_propose_appointment
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def propose_appointment(
    *,
    actor: Actor,
    person_id: UUID,
    role: str,
    organisation_id: UUID | None = None,
    from_on: date,
    until_on: date | None = None,
    at: datetime,
) -> ProposedAppointment:
    """Propose it; nothing holds until another person confirms (O1)."""
    proposed = ProposedAppointment(
        person_id=person_id,
        role=role,
        organisation_id=organisation_id,
        from_on=from_on,
        until_on=until_on,
        proposed_by_id=actor.person_id,
        proposed_for_id=_desk_of(actor, organisation_id),
        proposed_at=at,
    )
    PROPOSE_APPOINTMENT.require(actor, proposed)
    enforce(
        may_propose_appointment(
            role=role,
            body_kinds=kinds_of(organisation_id),
            person=person_id,
            proposed_by=actor.person_id,
        )
    )
    person = Person.objects.get(pk=person_id, merged_into=None)
    proposed.save()
    record_change(
        subject=proposed,
        clause=APPOINTING,
        of=[(person, {})],
        details={"role": role, "organisation": organisation_id, "from_on": from_on},
    )
    return proposed


def _desk_of(actor: Actor, organisation_id: UUID | None) -> UUID | None:
    if organisation_id in actor.desks:
        return organisation_id
    return min(actor.agencies, default=None)

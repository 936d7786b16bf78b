"""A person is appointed to a role, for an organisation, over a concept or over all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command, record
from banso.people.models import Appointment
from banso.people.permissions import APPOINT

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
) -> Appointment:
    """Appoint from a day on; the funding agency appoints its own PD and PO (G1)."""
    appointment = Appointment(
        person_id=person_id,
        role=role,
        organisation_id=organisation_id,
        scope_id=scope_id,
        from_on=from_on,
    )
    APPOINT.require(actor, appointment)
    appointment.save()
    record(
        subject=appointment,
        details={
            "person": person_id,
            "role": role,
            "organisation": organisation_id,
            "scope": scope_id,
            "from_on": from_on,
        },
    )
    return appointment

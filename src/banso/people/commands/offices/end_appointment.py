"""A role ends, by whoever gives it or by whoever holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command
from banso.people.models import Appointment
from banso.people.permissions import END_APPOINTMENT
from banso.people.records.changes import record_change, set_values

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from banso.people.actors import Actor


@command
def end_appointment(*, actor: Actor, appointment_id: UUID, until_on: date) -> Appointment:
    """End it up to, not on, a day; to take power away, one person is enough."""
    appointments = Appointment.objects.visible_to(actor).select_related("person")
    appointment = locked(appointments).get(pk=appointment_id)
    END_APPOINTMENT.require(actor, appointment)
    changed = set_values(appointment, {"until_on": until_on})
    appointment.save(update_fields=["until_on"])
    record_change(
        subject=appointment,
        of=[(appointment.person, changed)],
        details={"role": appointment.role, "organisation": appointment.organisation_id},
    )
    return appointment

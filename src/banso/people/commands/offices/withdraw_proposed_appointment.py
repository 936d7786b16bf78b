"""A proposed appointment is taken back, or not confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command
from banso.people.models import ProposedAppointment
from banso.people.permissions import WITHDRAW_PROPOSED_APPOINTMENT
from banso.people.records.changes import record_change

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def withdraw_proposed_appointment(
    *, actor: Actor, proposed_id: UUID, at: datetime
) -> ProposedAppointment:
    """Close it without an appointment; it can be proposed again."""
    waiting = ProposedAppointment.objects.visible_to(actor).waiting().select_related("person")
    proposed = locked(waiting).get(pk=proposed_id)
    WITHDRAW_PROPOSED_APPOINTMENT.require(actor, proposed)
    proposed.closed_by_id, proposed.closed_at = actor.person_id, at
    proposed.save(update_fields=["closed_by", "closed_at"])
    record_change(
        subject=proposed,
        of=[(proposed.person, {})],
        details={"role": proposed.role, "organisation": proposed.organisation_id},
    )
    return proposed

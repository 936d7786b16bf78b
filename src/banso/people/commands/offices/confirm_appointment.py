"""A second person confirms an appointment, which holds from then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command
from banso.people.models import Appointment, ProposedAppointment
from banso.people.permissions import CONFIRM_APPOINTMENT
from banso.people.records.changes import record_change
from banso.people.records.offices import kinds_of
from banso.rulebook.offices import APPOINTING, may_appoint
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def confirm_appointment(*, actor: Actor, proposed_id: UUID, at: datetime) -> Appointment:
    """Make the appointment as it was proposed; whoever proposed it is not the second (O1)."""
    waiting = ProposedAppointment.objects.visible_to(actor).waiting().select_related("person")
    proposed = locked(waiting).get(pk=proposed_id)
    CONFIRM_APPOINTMENT.require(actor, proposed)
    enforce(
        may_appoint(
            role=proposed.role,
            body_kinds=kinds_of(proposed.organisation_id),
            person=proposed.person_id,
            decided_by={proposed.proposed_by_id, actor.person_id},
        )
    )
    appointment = Appointment.objects.create(
        person_id=proposed.person_id,
        role=proposed.role,
        organisation_id=proposed.organisation_id,
        from_on=proposed.from_on,
        until_on=proposed.until_on,
    )
    proposed.appointment = appointment
    proposed.closed_by_id, proposed.closed_at = actor.person_id, at
    proposed.save(update_fields=["appointment", "closed_by", "closed_at"])
    record_change(
        subject=appointment,
        clause=APPOINTING,
        of=[(proposed.person, {})],
        details={
            "proposed": proposed.pk,
            "role": proposed.role,
            "organisation": proposed.organisation_id,
            "from_on": proposed.from_on,
        },
    )
    return appointment

"""A funding agency opens its announced call for proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from banso.calls.models import Call
from banso.calls.permissions import OPEN_CALL
from banso.catalogue.models import PublicVersion
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.actors import PROGRAM_DIRECTOR, PROGRAM_OFFICER
from banso.people.models import Appointment
from banso.rulebook.calls.opening import may_open
from banso.rulebook.projects import DIRECTION
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def open_call(*, actor: Actor, call_id: UUID, at: datetime) -> Call:
    """Let the call receive from its opening instant on, once its PD or PO is appointed (G1)."""
    calls = locked(Call.objects.visible_to(actor))
    call = calls.get(pk=call_id)
    OPEN_CALL.require(actor, call)
    enforce(may_open(has_director=_has_director(call, at), announced_at=call.announced_at, at=at))
    call.opened_at = at
    call.save(update_fields=["opened_at"])
    record(subject=call, clause=DIRECTION)
    PublicVersion.objects.bump()
    return call


def _has_director(call: Call, at: datetime) -> bool:
    """Look for a PD or PO of the call's concept on that day."""
    in_office = Appointment.objects.on(localdate(at)).filter(
        scope_id=call.concept_id, role__in=[PROGRAM_DIRECTOR, PROGRAM_OFFICER]
    )
    return in_office.exists()

"""A person takes a device from those that are known, for example one that was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.models import Device
from banso.people.permissions import END_DEVICE
from banso.people.queries.sign_ins import sessions_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def end_device(*, actor: Actor, device_id: UUID, at: datetime) -> Device:
    """End the device and every session on it; signing in there again makes it a new device."""
    END_DEVICE.require(actor, None)
    device = locked(Device.objects.visible_to(actor).filter(ended_at=None)).get(pk=device_id)
    device.ended_at = at
    device.save(update_fields=["ended_at"])
    for session in sessions_of(actor).filter(data__device=str(device.pk)):
        session.end()
    record(subject=device, sealed=True)
    return device

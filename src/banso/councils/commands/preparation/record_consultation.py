"""The organiser records the consultation that the Act asks for before a council."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.councils.models import Council
from banso.councils.permissions import RECORD_CONSULTATION
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.rulebook.councils import ESTABLISHMENT

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def record_consultation(*, actor: Actor, council_id: UUID, at: datetime) -> Council:
    """Record that the prior consultation was held (C1)."""
    councils = locked(Council.objects.known_to(actor))
    council = councils.get(pk=council_id)

    RECORD_CONSULTATION.require(actor, council)
    council.consulted_at = at
    council.save(update_fields=["consulted_at"])
    record(subject=council, clause=ESTABLISHMENT)
    return council

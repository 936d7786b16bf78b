"""The person who was named consents to represent the R&D."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.councils.models import Council
from banso.councils.permissions import CONSENT_TO_REPRESENT
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.rulebook.councils import REPRESENTATION

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def consent_to_represent(*, actor: Actor, council_id: UUID, at: datetime) -> Council:
    """Consent in one's own name; under 62(1) a council cannot start without it (C1)."""
    councils = locked(Council.objects.represented_by(actor))
    council = councils.get(pk=council_id, representative_consented_at=None)

    CONSENT_TO_REPRESENT.require(actor, council)
    council.representative_consented_at = at
    council.save(update_fields=["representative_consented_at"])
    record(subject=council, clause=REPRESENTATION)
    return council

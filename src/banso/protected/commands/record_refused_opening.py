"""A refused attempt to open an item is kept, for the person who made it and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command, record
from banso.protected.models import Offer
from banso.protected.permissions import RECORD_REFUSED_OPENING
from banso.rulebook.verdicts import Clause

if TYPE_CHECKING:
    from uuid import UUID

    from banso.people.actors import Actor


@command
def record_refused_opening(*, actor: Actor, offer_id: UUID, reason: str, clause_id: str) -> None:
    """Keep the refusal in a transaction of its own, since the refused one left nothing."""
    offer = Offer.objects.visible_to(actor).get(pk=offer_id)

    RECORD_REFUSED_OPENING.require(actor, offer)
    record(subject=offer, clause=Clause(clause_id), details={"reason": reason}, sealed=True)

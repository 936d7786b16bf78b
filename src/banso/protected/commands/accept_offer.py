"""A recipient accepts an item, after reading its card and the law's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.protected.judging.replies import reply_to
from banso.protected.models import Offer, Reply
from banso.protected.permissions import ACCEPT_OFFER
from banso.rulebook.secrecy import ACCEPT, REPLY
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def accept_offer(*, actor: Actor, offer_id: UUID, at: datetime) -> Reply:
    """Accept one item for oneself, also after declining it, while the offer is open (S2)."""
    offers = Offer.objects.visible_to(actor).select_related("item")
    offer = locked(offers).get(pk=offer_id)

    ACCEPT_OFFER.require(actor, offer)
    enforce(reply_to(offer, ACCEPT, actor=actor, at=at))
    reply = Reply.objects.create(offer=offer, answer=ACCEPT, at=at)
    record(
        subject=offer,
        clause=REPLY,
        details={"offer": offer_id, "item": offer.item_id},
        sealed=True,
    )
    return reply

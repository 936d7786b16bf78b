"""Whether a person can give an answer to an offer here and now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.rulebook.secrecy import may_reply

if TYPE_CHECKING:
    from datetime import datetime

    from banso.people.actors import Actor
    from banso.protected.models import Offer
    from banso.rulebook.verdicts import Verdict


def reply_to(offer: Offer, answer: str, *, actor: Actor, at: datetime) -> Verdict:
    """Judge an answer of the person to whom the item is offered (S2)."""
    previous = offer.latest_reply()
    return may_reply(
        is_recipient=offer.person_id == actor.person_id,
        for_self=offer.person_id == actor.person_id,
        is_offer_open=offer.is_open_at(at),
        reply=answer,
        previous=previous.answer if previous else None,
    )

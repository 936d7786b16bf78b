"""A recipient opens what they accepted; the delivery is on record before the first byte."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from banso.councils.models import Membership
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.protected.models import Delivery, ItemVersion, Offer
from banso.protected.permissions import OPEN_ITEM
from banso.rulebook.japan import day_in_japan
from banso.rulebook.secrecy import ACCEPT, DELIVERY, may_deliver
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor

# Without I, L, O and U, which are misread or misheard.
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS: Final = 3
_GROUP_SIZE: Final = 4


@command
def open_item(*, actor: Actor, item_id: UUID, at: datetime) -> Delivery:
    """Record the delivery to this person; a later opening gives the first one again (S3).

    The seat is locked, so that whoever leaves at the same moment has left before or after.
    """
    seats = locked(Membership.objects.visible_to(actor).in_office())
    offer = Offer.objects.visible_to(actor).select_related("item").get(item=item_id)
    seat = seats.filter(council=offer.item.council_id, person_id=actor.person_id).first()
    version = ItemVersion.objects.filter(item=item_id).only("pk").latest("number")

    OPEN_ITEM.require(actor, offer)
    reply = offer.latest_reply()
    verdict = may_deliver(
        accepted_at=reply.at if reply and reply.answer == ACCEPT else None,
        delivery_recorded_at=at,
        is_member=seat is not None,
    )
    enforce(verdict)
    delivery, is_first = Delivery.objects.get_or_create(
        version=version,
        person_id=actor.person_id,
        defaults={"number": _delivery_number(at), "delivered_at": at},
    )
    record(
        subject=delivery,
        clause=DELIVERY,
        details={"item": item_id, "number": delivery.number, "is_first": is_first},
        sealed=True,
    )
    return delivery


def _delivery_number(at: datetime) -> str:
    """Make a number by chance: one that counted would tell how many others received something."""
    groups = (
        "".join(secrets.choice(_LETTERS) for _ in range(_GROUP_SIZE)) for _ in range(_GROUPS)
    )
    return f"D{day_in_japan(at).year}-{'-'.join(groups)}"

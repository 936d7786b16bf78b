"""Who may offer, answer, open and release: always the person concerned, nobody for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.people.permissions import Permission

if TYPE_CHECKING:
    from banso.councils.models import Membership
    from banso.people.actors import Actor
    from banso.protected.models import Offer, ProtectedItem


def _is_the_member(actor: Actor, membership: Membership) -> bool:
    return membership.person_id == actor.person_id and membership.is_in_office


def _is_the_recipient(actor: Actor, offer: Offer) -> bool:
    return offer.person_id == actor.person_id


def _provided(actor: Actor, item: ProtectedItem) -> bool:
    return item.provider_id == actor.person_id


_THE_RECIPIENT = _("The person to whom the item was offered, and nobody for them.")

OFFER_ITEM = Permission["Membership"](
    "protected.offer_item", _is_the_member, _("Members of the council, each in their own name.")
)
ACCEPT_OFFER = Permission["Offer"]("protected.accept_offer", _is_the_recipient, _THE_RECIPIENT)
DECLINE_OFFER = Permission["Offer"]("protected.decline_offer", _is_the_recipient, _THE_RECIPIENT)
OPEN_ITEM = Permission["Offer"]("protected.open_item", _is_the_recipient, _THE_RECIPIENT)
RECORD_REFUSED_OPENING = Permission["Offer"](
    "protected.record_refused_opening", _is_the_recipient, _THE_RECIPIENT
)
RELEASE_ITEM = Permission["ProtectedItem"](
    "protected.release_item", _provided, _("The person who provided the item.")
)

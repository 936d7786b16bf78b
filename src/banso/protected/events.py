"""What is told about protected information: an offer to its recipient, a release to who received.

No mail has a title or a word of an item; replies, deliveries and refusals are told to nobody (S2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from banso.protected.models import Delivery, Offer, Reply
from banso.protected.permissions import (
    ACCEPT_OFFER,
    DECLINE_OFFER,
    OFFER_ITEM,
    OPEN_ITEM,
    RECORD_REFUSED_OPENING,
    RELEASE_ITEM,
)
from banso.web.fronts.events import Deadlines, Due, Event, NoticeKind, Telling, Told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from banso.web.fronts.events import Happened

OFFER, DELIVERY = "protected.offer", "protected.delivery"


def _recipients(happened: Happened) -> Iterator[Telling]:
    offers = Offer.objects.filter(item_id=happened.subject_id).select_related("item")
    for offer in offers.order_by("person_id"):
        yield Telling(
            person_id=offer.person_id,
            subject_type=OFFER,
            subject_id=offer.pk,
            deadline_at=offer.item.answers_until,
        )


def _who_received(happened: Happened) -> Iterator[Telling]:
    """Tell everyone who received the item that they are free (S5), each once."""
    received = Delivery.objects.filter(version__item_id=happened.subject_id)
    first = received.order_by("person_id", "delivered_at").distinct("person_id")
    for delivery in first:
        yield Telling(person_id=delivery.person_id, subject_type=DELIVERY, subject_id=delivery.pk)


def _to_answer(start: datetime, end: datetime, person_id: UUID | None) -> Iterator[Due]:
    """Find offers that their recipient has not answered at all."""
    offers = Offer.objects.filter(
        ~Exists(Reply.objects.filter(offer=OuterRef("pk"))),
        item__answers_until__gt=start,
        item__answers_until__lte=end,
        item__released_at=None,
    )
    if person_id is not None:
        offers = offers.filter(person_id=person_id)
    for offer in offers.select_related("item").order_by("item__answers_until", "pk"):
        yield Due(
            person_id=offer.person_id,
            subject_type=OFFER,
            subject_id=offer.pk,
            deadline_at=offer.item.answers_until,
            since=offer.offered_at,
        )


def _offer_page(key: str) -> str:
    return reverse("protected:offer", args=[key])


def _register(_key: str) -> str:
    return reverse("protected:register")


TOLD = Told(
    kinds={"protected": NoticeKind(place=70, label=_("Protected information"), must_reach=True)},
    events={
        OFFER_ITEM.name: (
            Event(
                name="protected.offered",
                kind="protected",
                words=_("Protected information is offered to you; read its card first: %(title)s"),
                tell=_recipients,
                page=_offer_page,
                is_title_protected=True,
            ),
        ),
        RELEASE_ITEM.name: (
            Event(
                name="protected.released",
                kind="protected",
                words=_("You no longer owe silence about an item that you received: %(title)s"),
                tell=_who_received,
                page=_register,
                is_title_protected=True,
            ),
        ),
    },
    deadlines=(
        Deadlines(
            name="protected.to_answer",
            kind="protected",
            words=_("An offer of protected information ends; silence accepts nothing: %(title)s"),
            calendar_words=_("End of an offer"),
            find=_to_answer,
            page=_offer_page,
            is_title_protected=True,
        ),
    ),
    silent={
        ACCEPT_OFFER.name: "an answer is its person's own (S2)",
        DECLINE_OFFER.name: "an answer is its person's own (S2)",
        OPEN_ITEM.name: "a delivery is its person's own, with its receipt",
        RECORD_REFUSED_OPENING.name: "open to its person alone",
    },
)

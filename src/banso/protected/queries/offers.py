"""What is offered to a person: the card, their own answer, and what they can do now (S2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from banso.councils.models import Council, sits_with
from banso.protected.models import Delivery, Offer, Reply
from banso.protected.queries.received import received

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor
    from banso.protected.models import ProtectedItem
    from banso.protected.queries.received import Received


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """An offer as its own person sees it: their answer, and what they can do now."""

    offer: Offer
    item: ProtectedItem
    answer: str
    takes_answers: bool
    may_open: bool
    received: Received | None

    @property
    def waits_for_viewer(self) -> bool:
        """Whether there is something to do: to answer, or to open for the first time."""
        return self.takes_answers or (self.may_open and self.received is None)


def offers_for(viewer: Actor, *, at: datetime) -> QuerySet[Offer]:
    """List the offers that wait for the viewer's answer, the first to close first."""
    seated = Q(sits_with(viewer, "item__council_id"))
    unclosed = Offer.objects.visible_to(viewer).filter(
        seated, item__released_at=None, item__answers_until__gt=at
    )
    unanswered = _with_cards(unclosed.with_answer().filter(answer=None))  # type: ignore[misc]  # annotated by the query
    return unanswered.order_by("item__answers_until", "pk")


def open_offers(viewer: Actor, *, at: datetime) -> list[Offered]:
    """List offers with something to do, newest first: to answer, or to open for the first time."""
    delivered = Delivery.objects.filter(
        version__item_id=OuterRef("item_id"), person_id__in=viewer.selves
    )
    can_answer = Q(item__released_at=None, item__answers_until__gt=at)
    can_open = Q(answer=Reply.Answer.ACCEPT) & ~Q(Exists(delivered))
    offers = Offer.objects.visible_to(viewer).with_answer()
    open_now = offers.filter(can_answer | can_open, Q(sits_with(viewer, "item__council_id")))
    return _as_offered(viewer, _with_cards(open_now).order_by("-offered_at", "pk"), at)


def offer_for(viewer: Actor, offer_id: UUID, *, at: datetime) -> Offered:
    """Find one of the viewer's own offers."""
    offers = _with_cards(Offer.objects.visible_to(viewer).with_answer())
    [offered] = _as_offered(viewer, [offers.get(pk=offer_id)], at)
    return offered


def _with_cards(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    return offers.select_related("item__provider", "item__council__concept")


def _as_offered(viewer: Actor, offers: Iterable[Offer], at: datetime) -> list[Offered]:
    found = list(offers)
    items = [offer.item_id for offer in found]
    deliveries = {
        delivery.version.item_id: delivery
        for delivery in Delivery.objects.visible_to(viewer)
        .filter(version__item__in=items)
        .select_related("version__item__provider", "version__item__council__concept")
    }
    seats = set(
        Council.objects.visible_to(viewer)
        .filter(protected_items__in=items)
        .values_list("pk", flat=True)
    )
    return [
        Offered(
            offer=offer,
            item=offer.item,
            answer=offer.answer or "",
            takes_answers=offer.item.council_id in seats and offer.item.is_open_at(at),
            may_open=offer.item.council_id in seats and offer.answer == Reply.Answer.ACCEPT,
            received=(
                received(deliveries[offer.item_id], offer.pk, at)
                if offer.item_id in deliveries
                else None
            ),
        )
        for offer in found
    ]

"""Reading protected information: one's own register, one's own offers, what one provided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, Subquery

from banso.councils.models import Council, Membership, sits_with
from banso.ledger import clock
from banso.ledger.models import Entry
from banso.people.models import Person
from banso.projects.models import Project
from banso.protected.models import Delivery, ItemVersion, Offer, ProtectedItem, Reply
from banso.protected.sealing import Sealed, unseal
from banso.rulebook.clauses import duty_text
from banso.rulebook.japan import day_in_japan
from banso.rulebook.secrecy import accepted_count_shown, may_deliver, owes_silence
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor
    from banso.rulebook.clauses import DutyText


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A line of the register: what reached me, and whether I still owe silence about it."""

    delivery: Delivery
    item: ProtectedItem
    offer_id: UUID
    owes_silence: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """An offer as its own person sees it: their answer, and what they can do now."""

    offer: Offer
    item: ProtectedItem
    answer: str
    stands: bool
    may_open: bool
    received: Received | None

    @property
    def is_open(self) -> bool:
        """Whether there is something to do: to answer, or to open for the first time."""
        return self.stands or (self.may_open and self.received is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provided:
    """An item as its provider sees it: to how many it went, and one number at most (S2)."""

    item: ProtectedItem
    recipients: int
    accepted: int | None
    has_closed: bool


def duty_of_today() -> DutyText:
    """Give the law's words and the penalty in force today (S4)."""
    return duty_text(on=day_in_japan(clock.read_clock()))


def offers_for(viewer: Actor) -> QuerySet[Offer]:
    """List the offers that wait for the viewer's answer, the first to close first."""
    at = clock.read_clock()
    seated = Q(sits_with(viewer, "item__council_id"))
    standing = Offer.objects.visible_to(viewer).filter(
        seated, item__released_at=None, item__answers_until__gt=at
    )
    unanswered = _with_cards(standing.with_answer().filter(answer=None))  # type: ignore[misc]  # annotated by the query
    return unanswered.order_by("item__answers_until", "pk")


def offers_of(viewer: Actor) -> list[Offered]:
    """List every offer of the viewer's that still shows a card, newest first."""
    offers = _with_cards(Offer.objects.visible_to(viewer).with_answer())
    return _offered(viewer, offers.order_by("-offered_at", "pk"))


def offer_for(viewer: Actor, offer_id: UUID) -> Offered:
    """Find one of the viewer's own offers."""
    offers = _with_cards(Offer.objects.visible_to(viewer).with_answer())
    [offered] = _offered(viewer, [offers.get(pk=offer_id)])
    return offered


def received_by(viewer: Actor) -> list[Received]:
    """List what reached the viewer, latest first: their register; leaving removes nothing (S4)."""
    at = clock.read_clock()
    offers = Offer.objects.filter(
        item_id=OuterRef("version__item_id"), person_id=OuterRef("person_id")
    )
    deliveries = (
        Delivery.objects.visible_to(viewer)
        .select_related("version__item__provider", "version__item__council__concept")
        .annotate(offer_id=Subquery(offers.values("pk")[:1]))
        .order_by("-delivered_at", "pk")
    )
    return [_received(delivery, delivery.offer_id, at) for delivery in deliveries]  # type: ignore[attr-defined]  # annotated by the query


def proof_of(viewer: Actor, delivery_id: UUID) -> Entry | None:
    """Find the viewer's own entry of the first opening, which proves the delivery."""
    own = Entry.objects.of_person(viewer.person_id).filter(
        subject_type=Delivery._meta.label_lower, subject_id=str(delivery_id)
    )
    return own.order_by("number").first()


def content_for(viewer: Actor, delivery_id: UUID) -> str:
    """Decrypt what the viewer was delivered and may read now; call it after the command (S3)."""
    delivery = Delivery.objects.visible_to(viewer).get(pk=delivery_id)
    version = (
        ItemVersion.objects.visible_to(viewer).select_related("item").get(pk=delivery.version_id)
    )
    offer = Offer.objects.visible_to(viewer).with_answer().get(item=version.item_id)
    accepted = offer.answer == Reply.Answer.ACCEPT
    verdict = may_deliver(
        accepted_at=offer.answered_at if accepted else None,
        delivery_recorded_at=delivery.delivered_at,
        is_member=_sits(viewer, version.item.council_id),
    )
    enforce(verdict)
    sealed = Sealed(
        nonce=bytes(version.nonce),
        ciphertext=bytes(version.ciphertext),
        wrapped_key=bytes(version.wrapped_key),
    )
    return unseal(version.item.council_id, version.item_id, version.number, sealed)


def provided_by(viewer: Actor) -> list[Provided]:
    """List what the viewer provided, newest first."""
    at = clock.read_clock()
    own = ProtectedItem.objects.visible_to(viewer).filter(provider_id=viewer.person_id)
    items = _counted(own).select_related("council__concept").order_by("-offered_at", "pk")
    return [_provided(item, at) for item in items]


def provided_item(viewer: Actor, item_id: UUID) -> Provided:
    """Find an item that the viewer provided."""
    own = ProtectedItem.objects.visible_to(viewer).filter(provider_id=viewer.person_id)
    item = _counted(own).select_related("council__concept").get(pk=item_id)
    return _provided(item, clock.read_clock())


def accepted_count(viewer: Actor, item: ProtectedItem) -> int | None:
    """Give the provider the one number of S2, or nothing where it could name a person."""
    return provided_item(viewer, item.pk).accepted


def council_to_offer_in(viewer: Actor, council_id: UUID) -> Council:
    """Find an established council in which the viewer sits today."""
    rooms = Council.objects.visible_to(viewer).established().select_related("concept")
    return rooms.get(pk=council_id)


def possible_recipients(viewer: Actor, council_id: UUID) -> QuerySet[Membership]:
    """List the members of today to whom the viewer can offer an item."""
    members = Membership.objects.visible_to(viewer).in_office().filter(council_id=council_id)
    others = members.exclude(person_id=viewer.person_id)
    return others.select_related("person", "organisation").order_by(
        "side", "organisation__name_ja", "person__family_name_kana", "person__family_name", "pk"
    )


def possible_origins(council: Council) -> QuerySet[Project]:
    """List the projects whose own work an item must not come from (S7)."""
    return Project.objects.filter(concept_id=council.concept_id).order_by("code")


def recipient_of(viewer: Actor) -> Person:
    """Find the viewer's own name, which stands on what they open."""
    return Person.objects.get(pk=viewer.person_id)


def _sits(viewer: Actor, council_id: UUID) -> bool:
    return Council.objects.visible_to(viewer).filter(pk=council_id).exists()


def _with_cards(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    return offers.select_related("item__provider", "item__council__concept")


def _offered(viewer: Actor, offers: Iterable[Offer]) -> list[Offered]:
    at = clock.read_clock()
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
            stands=offer.item.council_id in seats and offer.item.stands_at(at),
            may_open=offer.item.council_id in seats and offer.answer == Reply.Answer.ACCEPT,
            received=(
                _received(deliveries[offer.item_id], offer.pk, at)
                if offer.item_id in deliveries
                else None
            ),
        )
        for offer in found
    ]


def _received(delivery: Delivery, offer_id: UUID, at: datetime) -> Received:
    item = delivery.version.item
    return Received(
        delivery=delivery,
        item=item,
        offer_id=offer_id,
        owes_silence=owes_silence(
            received_at=delivery.delivered_at,
            released_at=item.released_at,
            period_ends_on=item.silence_until,
            is_originator=item.provider_id == delivery.person_id,
            at=at,
        ),
    )


def _counted(items: QuerySet[ProtectedItem]) -> QuerySet[ProtectedItem]:
    accepted = Offer.objects.filter(item_id=OuterRef("pk")).accepted().order_by()
    counted = accepted.values("item_id").annotate(number=Count("pk"))
    return items.annotate(
        recipients=Count("offers"), accepted=Subquery(counted.values("number")[:1])
    )


def _provided(item: ProtectedItem, at: datetime) -> Provided:
    has_closed = not item.stands_at(at)
    return Provided(
        item=item,
        recipients=item.recipients,  # type: ignore[attr-defined]  # annotated by the query
        accepted=accepted_count_shown(
            recipients=item.recipients,  # type: ignore[attr-defined]  # annotated by the query
            closed=has_closed,
            accepted=item.accepted or 0,  # type: ignore[attr-defined]  # annotated by the query
        ),
        has_closed=has_closed,
    )

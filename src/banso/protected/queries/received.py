"""What reached a person in confidence: their register, its proofs, the content (S3, S4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from banso.councils.models import Council
from banso.ledger.models import Entry
from banso.people.models import Person
from banso.protected.models import Delivery, ItemVersion, Offer, Reply
from banso.protected.sealing import Sealed, unseal
from banso.rulebook.clauses import duty_text
from banso.rulebook.japan import day_in_japan
from banso.rulebook.secrecy import may_deliver, owes_silence
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor
    from banso.protected.models import ProtectedItem
    from banso.rulebook.clauses import DutyText


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A line of the register: what reached me, and whether I still owe silence about it."""

    delivery: Delivery
    item: ProtectedItem
    offer_id: UUID
    owes_silence: bool

    @property
    def pk(self) -> UUID:
        """The key by which a list tells its rows apart."""
        return self.delivery.pk


def duty_on_the_day(at: datetime) -> DutyText:
    """Give the law's words and the penalty in force on the day of an instant (S4)."""
    return duty_text(on=day_in_japan(at))


def deliveries_to(viewer: Actor) -> QuerySet[Delivery]:
    """List what reached the viewer, latest first: leaving removes nothing (S4)."""
    offers = Offer.objects.filter(
        item_id=OuterRef("version__item_id"), person_id=OuterRef("person_id")
    )
    return (
        Delivery.objects.visible_to(viewer)
        .select_related("version__item__provider", "version__item__council__concept")
        .annotate(offer_id=Subquery(offers.values("pk")[:1]))
        .order_by("-delivered_at", "pk")
    )


def as_received(deliveries: Iterable[Delivery], *, at: datetime) -> list[Received]:
    """Tell of each delivery whether silence is owed about it at an instant."""
    return [received(one, one.offer_id, at) for one in deliveries]  # type: ignore[attr-defined]  # annotated by the query


def received_by(viewer: Actor, *, at: datetime) -> list[Received]:
    """Read the viewer's whole register."""
    return as_received(deliveries_to(viewer), at=at)


def received(delivery: Delivery, offer_id: UUID, at: datetime) -> Received:
    """Tell of one delivery whether silence is owed about it at an instant (S4)."""
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


def proof_of(viewer: Actor, delivery_id: UUID) -> Entry | None:
    """Find the viewer's own entry of the first opening, which proves the delivery."""
    own = Entry.objects.of_person(*viewer.selves).filter(
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


def recipient_of(viewer: Actor) -> Person:
    """Find the viewer's own name, which stands on what they open."""
    return Person.objects.get(pk=viewer.person_id)


def _sits(viewer: Actor, council_id: UUID) -> bool:
    return Council.objects.visible_to(viewer).filter(pk=council_id).exists()

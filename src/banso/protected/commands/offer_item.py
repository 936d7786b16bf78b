"""A member offers information in confidence to members whom they choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.councils.models import Membership
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.protected.models import ItemVersion, Offer, ProtectedItem
from banso.protected.permissions import OFFER_ITEM
from banso.protected.sealing import seal
from banso.rulebook.secrecy import ITEM, Card, is_foreign_regime, may_offer
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from banso.people.actors import Actor

FIRST = 1


@command
def offer_item(
    *,
    actor: Actor,
    council_id: UUID,
    title: str,
    card: str,
    origin: str,
    scope: str,
    silence_until: date | None,
    answers_until: datetime,
    recipient_ids: Collection[UUID],
    content: str,
    origin_project_ids: Collection[UUID] = (),
    marking: str = "",
    is_sample: bool = False,
    at: datetime,
) -> ProtectedItem:
    """Offer an item with its card fixed, its content sealed before any row names it (S1).

    The content goes nowhere but into the seal: no detail, digest, sentence or exception has it.
    """
    seats = Membership.objects.visible_to(actor).in_office()
    members = seats.filter(council_id=council_id, council__established_at__isnull=False)
    seat = locked(members).get(person_id=actor.person_id)

    OFFER_ITEM.require(actor, seat)
    others = members.exclude(person_id=actor.person_id).values_list("person_id", flat=True)
    verdict = may_offer(
        provider_is_member=seat.is_in_office,
        card=Card(
            title=title,
            origin=origin,
            scope=scope,
            has_period=True,
            recipients=frozenset(recipient_ids),
        ),
        origin_in_own_project=bool(origin_project_ids),
        marking=_marking_among(marking, title, card, origin, scope, content),
        recipients_are_members=set(recipient_ids) <= set(others),
    )
    enforce(verdict)
    item = ProtectedItem.objects.create(
        council_id=council_id,
        provider_id=actor.person_id,
        title=title,
        card=card,
        origin=origin,
        scope=scope,
        silence_until=silence_until,
        offered_at=at,
        answers_until=answers_until,
        is_sample=is_sample,
    )
    _seal_content(item, content)
    _offer_to(recipient_ids, item)
    record(
        subject=item,
        clause=ITEM,
        details={
            "council": council_id,
            "silence_until": silence_until,
            "answers_until": answers_until,
            "recipients": sorted(str(person_id) for person_id in recipient_ids),
        },
        sealed=True,
    )
    return item


def _marking_among(*texts: str) -> str:
    return next((text for text in texts if is_foreign_regime(text)), "")


def _seal_content(item: ProtectedItem, content: str) -> None:
    sealed = seal(item.council_id, item.pk, FIRST, content)
    ItemVersion.objects.create(
        item=item,
        number=FIRST,
        nonce=sealed.nonce,
        ciphertext=sealed.ciphertext,
        wrapped_key=sealed.wrapped_key,
        sealed_at=item.offered_at,
    )


def _offer_to(recipient_ids: Collection[UUID], item: ProtectedItem) -> None:
    Offer.objects.bulk_create(
        Offer(item=item, person_id=person_id, offered_at=item.offered_at)
        for person_id in recipient_ids
    )

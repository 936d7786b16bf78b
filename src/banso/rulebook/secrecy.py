"""What protected information is, how it reaches a person, and what that person then owes."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, TypeVar

from banso.rulebook.councils import LEAVING
from banso.rulebook.japan import day_in_japan
from banso.rulebook.verdicts import Clause, Verdict
from banso.rulebook.writing import is_written

ITEM = Clause("S1")
REPLY = Clause("S2")
DELIVERY = Clause("S3")
DUTY = Clause("S4")
OWN_RESULT = Clause("S7")
OTHER_REGIME = Clause("S8")

FEWEST_RECIPIENTS_FOR_A_COUNT = 3

ACCEPT: Final = "accept"
DECLINE: Final = "decline"

# What is printed on documents of the two regimes that banso does not carry.
FOREIGN_MARKINGS: Mapping[str, str] = MappingProxyType(
    {
        "特定秘密": "specially-designated-secret",
        "speciallydesignatedsecret": "specially-designated-secret",
        "重要経済安保情報": "critical-economic-security-information",
        "criticaleconomicsecurityinformation": "critical-economic-security-information",
    }
)
# The laws' own names hold the markings and are no marking.
_LAW_NAMES = re.compile(
    r"特定秘密(の保護に関する法律|保護法)"
    r"|重要経済安保情報(の保護及び活用に関する法律|保護活用法)"
)
_When = TypeVar("_When", date, datetime)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What S1 wants fixed before an item is offered; it is read by all whom the item is for."""

    title: str
    origin: str
    scope: str
    has_period: bool
    recipients: AbstractSet[object]


def may_offer(
    *,
    provider_is_member: bool,
    card: Card,
    origin_in_own_project: bool,
    marking: str | None,
    recipients_are_members: bool = True,
) -> Verdict:
    """Offer an item of any member, with a whole card, that is no result and of no other regime."""
    regime = foreign_regime(marking or "")
    if regime:
        return OTHER_REGIME.refuse("marked-under-another-regime", regime=regime)
    if origin_in_own_project:
        return OWN_RESULT.refuse("origin-in-own-project")
    if not provider_is_member:
        return ITEM.refuse("provider-not-a-member")
    missing = _missing_from(card)
    if missing:
        return ITEM.refuse("card-not-complete", missing=missing)
    if not recipients_are_members:
        return ITEM.refuse("recipient-not-a-member")
    return ITEM.allow()


def may_reply(
    *,
    is_recipient: bool,
    for_self: bool,
    is_offer_open: bool,
    reply: str,
    previous: str | None = None,
) -> Verdict:
    """Take each recipient's own answer, and a change of mind, while the offer is open."""
    if not for_self:
        return REPLY.refuse("reply-for-another")
    if not is_recipient:
        return REPLY.refuse("not-a-recipient")
    if not is_offer_open:
        return REPLY.refuse("offer-has-closed")
    if reply == previous:
        return REPLY.refuse("already-replied-so")
    return REPLY.allow()


def accepted_count_shown(*, recipients: int, closed: bool, accepted: int) -> int | None:
    """Show the provider how many accepted, or nothing where the number could name a person.

    >>> accepted_count_shown(recipients=2, closed=True, accepted=1) is None
    True
    """
    if closed and recipients >= FEWEST_RECIPIENTS_FOR_A_COUNT:
        return accepted
    return None


def may_deliver(
    *, accepted_at: datetime | None, delivery_recorded_at: datetime | None, is_member: bool
) -> Verdict:
    """Let the first byte go to a member who accepted, once the delivery is on record."""
    if not is_member:
        return LEAVING.refuse("no-longer-a-member")
    if accepted_at is None:
        return DELIVERY.refuse("not-accepted")
    if delivery_recorded_at is None:
        return DELIVERY.refuse("delivery-not-recorded")
    return DELIVERY.allow()


def may_attend(
    *, spoken_items: AbstractSet[object], accepted_items: AbstractSet[object]
) -> Verdict:
    """Admit to an agenda item those who accepted everything that is spoken of there."""
    if not spoken_items <= accepted_items:
        return DELIVERY.refuse("item-not-accepted")
    return DELIVERY.allow()


def owes_silence(
    *,
    received_at: datetime | None,
    released_at: datetime | None,
    period_ends_on: date | None,
    is_originator: bool,
    at: datetime,
) -> bool:
    """Tell whether a person is under the duty at an instant; membership is no fact of it.

    The period's last date is the first free day in Japan. No date means "until released". For
    something derived from several items, pass `end_of_all` of their ends.
    """
    if is_originator or received_at is None or received_at > at:
        return False
    is_released = released_at is not None and released_at <= at
    has_ended = period_ends_on is not None and period_ends_on <= day_in_japan(at)
    return not (is_released or has_ended)


def end_of_all(ends: Collection[_When | None]) -> _When | None:
    """Find when the last of several labels ends: never, if one of them has no end.

    >>> end_of_all([date(2027, 4, 1), date(2028, 4, 1)])
    datetime.date(2028, 4, 1)
    >>> end_of_all([date(2027, 4, 1), None])
    """
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def foreign_regime(marking: str) -> str:
    """Name the other regime under which something is marked, or nothing.

    Width, spacing and the old form 祕 make no difference; in doubt it is a marking.
    """
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKC", marking).casefold().replace("祕", "秘")
        if unicodedata.category(character)[0] in "LN"
    )
    plain = _LAW_NAMES.sub("", plain)
    return next((regime for sign, regime in FOREIGN_MARKINGS.items() if sign in plain), "")


def is_foreign_regime(marking: str) -> bool:
    """Tell whether something is marked under a regime that banso does not carry (S8).

    >>> is_foreign_regime("【 特定 秘密 】"), is_foreign_regime("特定秘密保護法の解説")
    (True, False)
    """
    return bool(foreign_regime(marking))


def _missing_from(card: Card) -> tuple[str, ...]:
    parts = {
        "title": is_written(card.title),
        "origin": is_written(card.origin),
        "scope": is_written(card.scope),
        "period": card.has_period,
        "recipients": card.recipients,
    }
    return tuple(part for part, is_there in parts.items() if not is_there)

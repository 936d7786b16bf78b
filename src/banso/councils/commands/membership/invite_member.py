"""The organiser invites a person to a council."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.councils.models import Council, Membership
from banso.councils.permissions import INVITE_MEMBER
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.rulebook.councils import JOINING, may_join
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def invite_member(
    *,
    actor: Actor,
    council_id: UUID,
    person_id: UUID,
    organisation_id: UUID,
    side: str,
    at: datetime,
) -> Membership:
    """Ask a person to join; whoever asks again cannot tell an old answer from none (C5).

    The entry names the council, because a new row for the same person would tell of a decline.
    """
    councils = locked(Council.objects.known_to(actor))
    council = councils.get(pk=council_id)

    INVITE_MEMBER.require(actor, council)
    asked = locked(Membership.objects.filter(council=council, person_id=person_id))
    is_member = any(membership.is_in_office for membership in asked)
    enforce(may_join(invited_at=at, consents_for_self=True, already_member=is_member))
    membership = _standing(asked) or Membership(council=council, person_id=person_id)
    membership.organisation_id, membership.side = organisation_id, side
    membership.invited_at = at
    membership.save()
    record(
        subject=council,
        clause=JOINING,
        details={"person": person_id, "organisation": organisation_id, "side": side},
        sealed=True,
    )
    return membership


def _standing(asked: Iterable[Membership]) -> Membership | None:
    return next((membership for membership in asked if membership.is_invited_or_in_office), None)

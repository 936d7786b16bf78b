"""A member leaves: alone, at once, without a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.councils.models import Council, Membership
from banso.councils.permissions import LEAVE_COUNCIL
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.rulebook.councils import LEAVING, may_leave
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def leave_council(*, actor: Actor, membership_id: UUID, at: datetime) -> Membership:
    """Leave with effect from the next request; a representative is to be replaced (C2, C4)."""
    memberships = Membership.objects.visible_to(actor)
    councils = Council.objects.filter(memberships__in=memberships.filter(pk=membership_id))
    council = locked(councils).get()
    membership = locked(memberships).get(pk=membership_id)

    LEAVE_COUNCIL.require(actor, membership)
    enforce(may_leave(is_member=membership.is_in_office))
    membership.left_at = at
    membership.save(update_fields=["left_at"])
    Council.objects.represented_by(actor).filter(pk=council.pk).update(
        representative=None, representative_consented_at=None
    )
    record(
        subject=membership, clause=LEAVING, details={"council": membership.council_id}, sealed=True
    )
    return membership

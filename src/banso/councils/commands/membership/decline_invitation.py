"""A person who was invited does not join; no reason is asked and nobody is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.councils.judging.joining import joining_of
from banso.councils.models import Membership
from banso.councils.permissions import DECLINE_INVITATION
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.rulebook.councils import JOINING
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def decline_invitation(*, actor: Actor, membership_id: UUID, at: datetime) -> Membership:
    """Decline an invitation that stands; a member leaves instead (C3)."""
    memberships = locked(Membership.objects.visible_to(actor))
    membership = memberships.get(pk=membership_id)

    DECLINE_INVITATION.require(actor, membership)
    enforce(joining_of(membership, actor))
    membership.declined_at = at
    membership.save(update_fields=["declined_at"])
    record(
        subject=membership, clause=JOINING, details={"council": membership.council_id}, sealed=True
    )
    return membership

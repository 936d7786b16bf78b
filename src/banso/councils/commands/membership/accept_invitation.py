"""A person who was invited consents and becomes a member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.councils.judging.joining import joining_of
from banso.councils.models import Membership
from banso.councils.permissions import ACCEPT_INVITATION
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.rulebook.councils import JOINING
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def accept_invitation(*, actor: Actor, membership_id: UUID, at: datetime) -> Membership:
    """Join by one's own dated consent; an invitation that was declined does not stand (C3)."""
    memberships = locked(Membership.objects.visible_to(actor))
    membership = memberships.get(pk=membership_id)

    ACCEPT_INVITATION.require(actor, membership)
    enforce(joining_of(membership, actor))
    membership.accepted_at = at
    membership.save(update_fields=["accepted_at"])
    record(
        subject=membership, clause=JOINING, details={"council": membership.council_id}, sealed=True
    )
    return membership

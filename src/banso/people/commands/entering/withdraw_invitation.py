"""An officer withdraws an invitation that nobody has used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.models import Invitation
from banso.people.permissions import WITHDRAW_INVITATION
from banso.rulebook.people.entering import INVITING, may_renew_invitation
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def withdraw_invitation(*, actor: Actor, invitation_id: UUID, at: datetime) -> Invitation:
    """End the link; whoever opens it reads that the invitation was withdrawn."""
    invitation = locked(Invitation.objects.visible_to(actor)).get(pk=invitation_id)

    WITHDRAW_INVITATION.require(actor, invitation)
    enforce(
        may_renew_invitation(
            accepted_at=invitation.accepted_at, withdrawn_at=invitation.withdrawn_at
        )
    )
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    record(subject=invitation, clause=INVITING)
    return invitation

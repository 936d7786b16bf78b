"""An officer sends another letter for an invitation; the link of the one before ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.accounts.letters.invitations import send_invitation
from banso.people.models import Invitation
from banso.people.permissions import RENEW_INVITATION
from banso.rulebook.people.entering import INVITING, LINK_LASTS, may_renew_invitation
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def renew_invitation(*, actor: Actor, invitation_id: UUID, link: str, at: datetime) -> Invitation:
    """Write anew, for as long as at first."""
    invitation = locked(Invitation.objects.visible_to(actor)).get(pk=invitation_id)

    RENEW_INVITATION.require(actor, invitation)
    enforce(
        may_renew_invitation(
            accepted_at=invitation.accepted_at, withdrawn_at=invitation.withdrawn_at
        )
    )
    invitation.letter += 1
    invitation.ends_at = at + LINK_LASTS
    invitation.save(update_fields=["letter", "ends_at"])
    send_invitation(invitation, link)
    record(subject=invitation, clause=INVITING, details={"letter": invitation.letter})
    return invitation

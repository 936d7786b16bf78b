"""A second officer confirms an invitation to an office that decides over others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.entering import appoint_invited
from banso.people.models import Invitation
from banso.people.permissions import CONFIRM_INVITATION
from banso.rulebook.people.entering import INVITING, may_confirm_invitation
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def confirm_invitation(*, actor: Actor, invitation_id: UUID, at: datetime) -> Invitation:
    """Give the office at once if its person has come in, else when they do."""
    invitation = locked(Invitation.objects.visible_to(actor)).get(pk=invitation_id)

    CONFIRM_INVITATION.require(actor, invitation)
    enforce(
        may_confirm_invitation(
            purpose=invitation.purpose,
            is_confirmed=not invitation.awaits_confirmation,
            decided_by={invitation.invited_by, actor.person_id} - {invitation.person_id},
        )
    )
    invitation.confirmed_by, invitation.confirmed_at = actor.person_id, at
    invitation.save(update_fields=["confirmed_by", "confirmed_at"])
    appoint_invited(invitation, from_on=localdate(at))
    record(subject=invitation, clause=INVITING, details={"invited_by": invitation.invited_by})
    return invitation

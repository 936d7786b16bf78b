"""Somebody who has an account agrees to what they are invited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.entering import NOWHERE, fulfil, require_link_works
from banso.people.models import Invitation, Person
from banso.people.permissions import AGREE_TO_INVITATION
from banso.rulebook.people.entering import INVITING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def agree_to_invitation(
    *, actor: Actor, invitation_id: UUID, letter: int, at: datetime
) -> Invitation:
    """Add it to the person whose account has the address; to another person it says nothing."""
    invitation = locked(Invitation.objects.under_link(invitation_id)).get()

    AGREE_TO_INVITATION.require(actor, invitation)
    require_link_works(invitation, letter=letter, at=at)
    person = Person.objects.get(pk=actor.person_id)
    fulfil(invitation, person, NOWHERE, at=at, on=localdate(at))
    record(subject=invitation, clause=INVITING, details={"purpose": invitation.purpose})
    return invitation

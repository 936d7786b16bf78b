"""An officer invites one or more people by mail, each by an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from banso.ledger.record import command, record
from banso.people.accounts.letters.invitations import send_invitation
from banso.people.models import Invitation, Organisation
from banso.people.permissions import INVITE_PEOPLE, offices_for
from banso.rulebook.people.entering import INVITING, LINK_LASTS, may_invite
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@dataclass(frozen=True, slots=True)
class Invited:
    """An address to invite, with the name as far as the inviter knows it."""

    email: str
    family_name: str = ""
    given_name: str = ""


@command
def invite_people(
    *,
    actor: Actor,
    purpose: str,
    organisation_id: UUID,
    people: Sequence[Invited],
    scope_id: UUID | None = None,
    language: str = "ja",
    link: str,
    at: datetime,
) -> Sequence[Invitation]:
    """Write to each of them, with or without an account: who invites learns nothing of it.

    `link` is the page of an invitation, with `{token}` where its signed link goes.
    """
    organisation = Organisation.objects.get(pk=organisation_id)
    INVITE_PEOPLE.require(actor, organisation)
    offices = offices_for(actor, organisation.pk)
    enforce(may_invite(purpose=purpose, offices=offices, is_operator=actor.is_operator))
    invitations = [
        Invitation(
            email=one.email,
            purpose=purpose,
            organisation=organisation,
            scope_id=scope_id,
            family_name=one.family_name,
            given_name=one.given_name,
            language=language,
            invited_by=actor.person_id,
            invited_at=at,
            ends_at=at + LINK_LASTS,
            **(
                {"confirmed_by": actor.person_id, "confirmed_at": at}
                if actor.is_at_console
                else {}
            ),
        )
        for one in people
    ]
    Invitation.objects.bulk_create(invitations)
    for invitation in invitations:
        send_invitation(invitation, link)
    record(
        subject=organisation,
        clause=INVITING,
        details={
            "purpose": purpose,
            "scope": scope_id,
            "invitations": [invitation.pk for invitation in invitations],
        },
    )
    return invitations

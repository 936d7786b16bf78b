"""Somebody comes in by the link of a letter and becomes a person with an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.entering import (
    Names,
    Place,
    account_without_means,
    fulfil,
    make_person,
    require_link_works,
)
from banso.people.models import Account, Invitation
from banso.people.permissions import ENTER_BY_INVITATION
from banso.rulebook.people.entering import INVITING, may_make_account
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def enter_by_invitation(
    *,
    actor: Actor,
    invitation_id: UUID,
    letter: int,
    names: Names,
    language: str,
    place: Place,
    at: datetime,
) -> Account:
    """Make person and account of who holds the link; one that nobody has used yet is claimed.

    The letter shows that the mailbox is theirs. Whoever has an account that was used signs in
    and agrees instead.
    """
    invitation = locked(Invitation.objects.under_link(invitation_id)).get()
    ENTER_BY_INVITATION.require(actor, invitation)
    require_link_works(invitation, letter=letter, at=at)
    account = Account.objects.filter(email__iexact=invitation.email).first()
    unclaimed = account_without_means(account)
    enforce(may_make_account(has_account=account is not None and unclaimed is None))
    made = make_person(
        person_id=actor.person_id,
        email=invitation.email,
        names=names,
        language=language,
        account=unclaimed,
    )
    fulfil(invitation, made.person, place, at=at, on=localdate(at))
    record(
        subject=invitation,
        clause=INVITING,
        details={"person": made.person_id, "purpose": invitation.purpose},
    )
    return made

"""An applicant makes an account, by the link of a letter to their own address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command, record
from banso.people.entering import Names, Place, account_without_means, claim_place, make_person
from banso.people.models import Account
from banso.people.permissions import SIGN_UP
from banso.rulebook.people.entering import INVITING, may_make_account
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime

    from banso.people.actors import Actor


@command
def sign_up(
    *, actor: Actor, email: str, names: Names, language: str, place: Place, at: datetime
) -> Account:
    """Make person and account; where they belong waits for an officer of that body."""
    SIGN_UP.require(actor, None)
    account = Account.objects.filter(email__iexact=email).first()
    unclaimed = account_without_means(account)
    enforce(may_make_account(has_account=account is not None and unclaimed is None))
    made = make_person(
        person_id=actor.person_id,
        email=email,
        names=names,
        language=language,
        account=unclaimed,
    )
    claim_place(made.person, place, at=at)
    record(subject=made.person, clause=INVITING)
    return made

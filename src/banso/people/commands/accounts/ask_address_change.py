"""The owner of an account asks for another mail address; nothing changes yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.accounts.letters.addresses import (
    send_address_asked,
    send_address_in_use,
    send_confirm_address,
)
from banso.people.models import Account, AddressChange, SignIn
from banso.people.permissions import ASK_ADDRESS_CHANGE
from banso.rulebook.people.addresses import (
    ADDRESSES,
    CONFIRM_LASTS,
    STOP_LASTS,
    may_ask_address_change,
)
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime

    from banso.people.actors import Actor


@command
def ask_address_change(
    *, actor: Actor, email: str, confirm_link: str, stop_link: str, at: datetime
) -> AddressChange:
    """Write to both addresses; an earlier wish that waits ends.

    An address that another account has is answered alike: its owner alone reads that (A-52).
    """
    own = Account.objects.filter(person_id=actor.person_id).select_related("person")
    account = locked(own).get()

    ASK_ADDRESS_CHANGE.require(actor, account)
    enforce(may_ask_address_change(is_own=account.email.casefold() == email.casefold()))
    account.address_changes.waiting().update(stopped_at=at)
    change = AddressChange.objects.create(
        account=account,
        from_address=account.email,
        to_address=email,
        asked_at=at,
        ends_at=at + CONFIRM_LASTS,
        stoppable_until=at + STOP_LASTS,
    )
    SignIn.objects.create(account=account, outcome=SignIn.Outcome.ADDRESS_ASKED, at=at)
    other = Account.objects.filter(email__iexact=email).select_related("person").first()
    if other is None:
        send_confirm_address(change, confirm_link)
    else:
        send_address_in_use(other)
    send_address_asked(change, stop_link)
    record(subject=change, clause=ADDRESSES, sealed=True)
    return change

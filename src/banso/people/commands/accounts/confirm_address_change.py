"""The owner, signed in, opens the link that was sent to the new address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.accounts.letters.addresses import send_address_changed
from banso.people.models import Account, AddressChange, SignIn
from banso.people.permissions import CONFIRM_ADDRESS_CHANGE
from banso.rulebook.people.addresses import ADDRESSES, may_confirm_address_change
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def confirm_address_change(
    *, actor: Actor, change_id: UUID, stop_link: str, at: datetime
) -> AddressChange:
    """Sign in with the new address from now on, and tell the former one how to stop that."""
    account = locked(Account.objects.filter(person_id=actor.person_id)).get()
    change = locked(AddressChange.objects.visible_to(actor)).get(pk=change_id)

    CONFIRM_ADDRESS_CHANGE.require(actor, account)
    enforce(
        may_confirm_address_change(
            confirmed_at=change.confirmed_at,
            stopped_at=change.stopped_at,
            ends_at=change.ends_at,
            is_taken=Account.objects.filter(email__iexact=change.to_address).exists(),
            at=at,
        )
    )
    account.email = change.to_address
    account.save(update_fields=["email"])
    change.confirmed_at = at
    change.save(update_fields=["confirmed_at"])
    SignIn.objects.create(account=account, outcome=SignIn.Outcome.ADDRESS_CHANGED, at=at)
    send_address_changed(change, stop_link)
    record(subject=change, clause=ADDRESSES, sealed=True)
    return change

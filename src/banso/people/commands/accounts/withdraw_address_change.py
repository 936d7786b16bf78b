"""The owner of an account withdraws a change of its address that nobody has confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.models import Account, AddressChange, SignIn
from banso.people.permissions import WITHDRAW_ADDRESS_CHANGE
from banso.rulebook.people.addresses import ADDRESSES, may_withdraw_address_change
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def withdraw_address_change(*, actor: Actor, change_id: UUID, at: datetime) -> AddressChange:
    """End the link that was sent to the new address."""
    account = locked(Account.objects.filter(person_id=actor.person_id)).get()
    change = locked(AddressChange.objects.visible_to(actor)).get(pk=change_id)

    WITHDRAW_ADDRESS_CHANGE.require(actor, account)
    enforce(
        may_withdraw_address_change(confirmed_at=change.confirmed_at, stopped_at=change.stopped_at)
    )
    change.stopped_at = at
    change.save(update_fields=["stopped_at"])
    SignIn.objects.create(account=account, outcome=SignIn.Outcome.ADDRESS_STOPPED, at=at)
    record(subject=change, clause=ADDRESSES, sealed=True)
    return change

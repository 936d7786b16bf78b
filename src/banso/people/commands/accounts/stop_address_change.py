"""Whoever reads the former address's mail stops a change, also one that was confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.models import Account, AddressChange, SignIn
from banso.people.permissions import STOP_ADDRESS_CHANGE
from banso.rulebook.people.addresses import ADDRESSES, may_stop_address_change
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def stop_address_change(*, actor: Actor, change_id: UUID, at: datetime) -> AddressChange:
    """Give the account its former address back; later changes and every session end with it."""
    account = locked(Account.objects.filter(person_id=actor.person_id)).get()
    change = AddressChange.objects.visible_to(actor).get(pk=change_id)
    others = Account.objects.filter(email__iexact=change.from_address).exclude(pk=account.pk)
    later = AddressChange.objects.filter(account=account, asked_at__gte=change.asked_at)
    changes = list(locked(later.filter(stopped_at=None).order_by("pk")))

    STOP_ADDRESS_CHANGE.require(actor, account)
    enforce(
        may_stop_address_change(
            stopped_at=change.stopped_at,
            stoppable_until=change.stoppable_until,
            is_former_taken=others.exists(),
            at=at,
        )
    )
    if any(one.confirmed_at for one in changes):
        account.email = change.from_address
        account.save(update_fields=["email"])
    AddressChange.objects.filter(pk__in=[one.pk for one in changes]).update(stopped_at=at)
    SignIn.objects.create(account=account, outcome=SignIn.Outcome.ADDRESS_STOPPED, at=at)
    for session in UserSession.objects.filter(user=account):
        session.end()
    record(subject=change, clause=ADDRESSES, sealed=True)
    return change

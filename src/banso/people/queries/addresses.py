"""Reading changes of an account's mail address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.people.models import Account, AddressChange
from banso.rulebook.people.addresses import may_confirm_address_change, may_stop_address_change

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor
    from banso.rulebook.verdicts import Verdict


def waiting_for(viewer: Actor) -> AddressChange | None:
    """Find the viewer's own change that nobody has confirmed yet."""
    return AddressChange.objects.visible_to(viewer).waiting().first()


def change_opened(viewer: Actor, change_id: UUID | None) -> AddressChange | None:
    """Find the viewer's own change whose link they hold; of another's nothing is said."""
    return AddressChange.objects.visible_to(viewer).under_link(change_id).first()


def change_to_stop(change_id: UUID | None) -> AddressChange | None:
    """Find the change whose stopping link somebody holds, with its owner."""
    under_link = AddressChange.objects.under_link(change_id)
    return under_link.select_related("account").first()


def may_still_be_confirmed(change: AddressChange, at: datetime) -> Verdict:
    """Ask the rule whether the link at the new address works."""
    return may_confirm_address_change(
        confirmed_at=change.confirmed_at,
        stopped_at=change.stopped_at,
        ends_at=change.ends_at,
        is_taken=Account.objects.filter(email__iexact=change.to_address).exists(),
        at=at,
    )


def may_still_be_stopped(change: AddressChange, at: datetime) -> Verdict:
    """Ask the rule whether the link at the former address works."""
    others = Account.objects.filter(email__iexact=change.from_address)
    return may_stop_address_change(
        stopped_at=change.stopped_at,
        stoppable_until=change.stoppable_until,
        is_former_taken=others.exclude(pk=change.account_id).exists(),
        at=at,
    )

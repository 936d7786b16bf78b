"""When the mail address of an account changes, and how long that can be stopped."""

from datetime import datetime, timedelta
from typing import Final

from banso.rulebook.verdicts import Clause, Verdict

ADDRESSES = Clause("O6")

CONFIRM_LASTS: Final = timedelta(days=3)
STOP_LASTS: Final = timedelta(days=14)


def may_ask_address_change(*, is_own: bool) -> Verdict:
    """Ask for any address but the one that the account has; whose it is, is not told."""
    if is_own:
        return ADDRESSES.refuse("address-is-own")
    return ADDRESSES.allow()


def may_confirm_address_change(
    *,
    confirmed_at: datetime | None,
    stopped_at: datetime | None,
    ends_at: datetime,
    is_taken: bool,
    at: datetime,
) -> Verdict:
    """Change once, up to, not at, the link's end, to an address that no account has."""
    if confirmed_at is not None:
        return ADDRESSES.refuse("address-changed-already", confirmed_at=confirmed_at)
    if stopped_at is not None:
        return ADDRESSES.refuse("address-change-stopped", stopped_at=stopped_at)
    if at >= ends_at:
        return ADDRESSES.refuse("address-link-expired", ends_at=ends_at)
    if is_taken:
        return ADDRESSES.refuse("address-taken-meanwhile")
    return ADDRESSES.allow()


def may_withdraw_address_change(
    *, confirmed_at: datetime | None, stopped_at: datetime | None
) -> Verdict:
    """Withdraw what is neither confirmed nor stopped."""
    if confirmed_at is not None:
        return ADDRESSES.refuse("address-changed-already", confirmed_at=confirmed_at)
    if stopped_at is not None:
        return ADDRESSES.refuse("address-change-stopped", stopped_at=stopped_at)
    return ADDRESSES.allow()


def may_stop_address_change(
    *,
    stopped_at: datetime | None,
    stoppable_until: datetime,
    is_former_taken: bool,
    at: datetime,
) -> Verdict:
    """Stop once, also what was confirmed, while no other account has the former address."""
    if stopped_at is not None:
        return ADDRESSES.refuse("address-change-stopped", stopped_at=stopped_at)
    if at >= stoppable_until:
        return ADDRESSES.refuse("address-stays-changed", stoppable_until=stoppable_until)
    if is_former_taken:
        return ADDRESSES.refuse("former-address-taken")
    return ADDRESSES.allow()

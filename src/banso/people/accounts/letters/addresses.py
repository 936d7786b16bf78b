"""Letters about another mail address for an account: to the new one, to the former one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from banso.people.accounts.letters import Letter, send
from banso.people.accounts.links import (
    CONFIRM_ADDRESS,
    STOP_ADDRESS,
    TOKEN,
    address_token,
)
from banso.web.formats import active_language, instant_text

if TYPE_CHECKING:
    from banso.people.models import Account, AddressChange


def send_confirm_address(change: AddressChange, link: str) -> None:
    """Write the link that confirms to the new address; it names no other address."""
    address = link.replace(TOKEN, address_token(change, CONFIRM_ADDRESS))
    send(change.to_address, change.account.person.language, lambda: _confirm(change, address))


def send_address_in_use(other: Account) -> None:
    """Tell the owner of an account that somebody wanted its address for another one."""
    send(other.email, other.person.language, _in_use)


def send_address_asked(change: AddressChange, link: str) -> None:
    """Tell the present address what was asked for, and how to stop it."""
    address = link.replace(TOKEN, address_token(change, STOP_ADDRESS))
    send(change.from_address, change.account.person.language, lambda: _asked(change, address))


def send_address_changed(change: AddressChange, link: str) -> None:
    """Tell the former address that it no longer signs in, and how to take that back."""
    address = link.replace(TOKEN, address_token(change, STOP_ADDRESS))
    send(change.from_address, change.account.person.language, lambda: _changed(change, address))


def _confirm(change: AddressChange, address: str) -> Letter:
    ends_at = instant_text(change.ends_at, active_language())
    return Letter(
        _("Confirm your new mail address"),
        (
            _("Somebody, probably you, wants to sign in to banso with this address."),
            _("Sign in with your present address on this page and confirm it:") + f"\n{address}",
            _("The link works once, until %(ends_at)s.") % {"ends_at": ends_at},
            _("If you did not ask for it, do nothing."),
        ),
    )


def _in_use() -> Letter:
    return Letter(
        _("You have an account already"),
        (
            _("Somebody wanted to use this address for another account; yours has it already."),
            _(
                "Nothing was changed. If it was you: sign in with this address, or choose another"
                " one for the other account."
            ),
            _("If you did not ask for it, do nothing."),
        ),
    )


def _asked(change: AddressChange, address: str) -> Letter:
    return Letter(
        _("Another mail address was asked for"),
        (
            _("Your account is to have this mail address: %(email)s")
            % {"email": change.to_address},
            _("Until it is confirmed from there, you sign in with this one as before."),
            _stop(change, address),
        ),
    )


def _changed(change: AddressChange, address: str) -> Letter:
    return Letter(
        _("Your mail address was changed"),
        (
            _("You now sign in to banso with this mail address: %(email)s")
            % {"email": change.to_address},
            _stop(change, address),
        ),
    )


def _stop(change: AddressChange, address: str) -> str:
    until = instant_text(change.stoppable_until, active_language())
    said = _("If it was not you, stop it on this page, until %(until)s:") % {"until": until}
    return f"{said}\n{address}"

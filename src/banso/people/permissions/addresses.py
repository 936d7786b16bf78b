"""Who changes the mail address of an account: its owner alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.people.permissions.permission import Permission

if TYPE_CHECKING:
    from banso.people.actors import Actor
    from banso.people.models import Account


def _owns(actor: Actor, account: Account) -> bool:
    return not actor.is_visitor and account.person_id == actor.person_id


_OWN = _("Each person does this with their own account alone.")
ASK_ADDRESS_CHANGE = Permission["Account"]("people.ask_address_change", _owns, _OWN)
CONFIRM_ADDRESS_CHANGE = Permission["Account"]("people.confirm_address_change", _owns, _OWN)
WITHDRAW_ADDRESS_CHANGE = Permission["Account"]("people.withdraw_address_change", _owns, _OWN)
STOP_ADDRESS_CHANGE = Permission["Account"](
    "people.stop_address_change",
    _owns,
    _("Whoever received the letter at the former address stops the change."),
)

"""Who resets second factors that somebody lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.people.models.sign_ins import people_of
from banso.people.permissions.permission import Permission

if TYPE_CHECKING:
    from banso.people.actors import Actor
    from banso.people.models import Account


def _cares_for(actor: Actor, account: Account) -> bool:
    return actor.is_operator or people_of(actor).filter(pk=account.person_id).exists()


_TWO = _(
    "Officers of a body to which the person belongs, or operators: one asks, another confirms."
)
ASK_FACTOR_RESET = Permission["Account"]("people.ask_factor_reset", _cares_for, _TWO)
CONFIRM_FACTOR_RESET = Permission["Account"]("people.confirm_factor_reset", _cares_for, _TWO)
WITHDRAW_FACTOR_RESET = Permission["Account"]("people.withdraw_factor_reset", _cares_for, _TWO)

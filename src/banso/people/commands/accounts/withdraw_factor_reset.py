"""An officer withdraws a reset that nobody has confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.models import FactorReset
from banso.people.permissions import WITHDRAW_FACTOR_RESET
from banso.rulebook.people.factors import FACTORS, may_withdraw_factor_reset
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def withdraw_factor_reset(*, actor: Actor, reset_id: UUID, at: datetime) -> FactorReset:
    """Leave the factors as they are."""
    reset = locked(FactorReset.objects.visible_to(actor)).get(pk=reset_id)

    WITHDRAW_FACTOR_RESET.require(actor, reset.account)
    is_answered = reset.confirmed_at is not None or reset.withdrawn_at is not None
    enforce(may_withdraw_factor_reset(is_answered=is_answered))
    reset.withdrawn_at = at
    reset.save(update_fields=["withdrawn_at"])
    record(subject=reset, clause=FACTORS, details={"person": reset.account.person_id})
    return reset

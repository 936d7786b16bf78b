"""An officer asks to reset the second factors of somebody who lost them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.accounts.letters.factors import send_reset_asked
from banso.people.accounts.second_factor import has_factor
from banso.people.models import Account, FactorReset
from banso.people.permissions import ASK_FACTOR_RESET
from banso.rulebook.people.factors import FACTORS, may_ask_factor_reset
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def ask_factor_reset(*, actor: Actor, account_id: UUID, reason: str, at: datetime) -> FactorReset:
    """Put it before another officer, and write to the person, who can object."""
    account = locked(Account.objects.filter(pk=account_id)).get()

    ASK_FACTOR_RESET.require(actor, account)
    enforce(
        may_ask_factor_reset(
            is_own=account.person_id == actor.person_id,
            has_factors=has_factor(account),
            waits_already=FactorReset.objects.waiting().filter(account=account).exists(),
        )
    )
    asked = FactorReset.objects.create(
        account=account, reason=reason, asked_by=actor.person_id, asked_at=at
    )
    send_reset_asked(asked)
    record(subject=asked, clause=FACTORS, details={"person": account.person_id, "reason": reason})
    return asked

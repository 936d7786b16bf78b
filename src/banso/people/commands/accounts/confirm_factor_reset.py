"""A second officer confirms a reset: the factors go, and every session ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.accounts.letters.factors import send_reset_done
from banso.people.models import FactorReset, SignIn
from banso.people.permissions import CONFIRM_FACTOR_RESET
from banso.rulebook.people.factors import FACTORS, may_confirm_factor_reset
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def confirm_factor_reset(*, actor: Actor, reset_id: UUID, at: datetime) -> FactorReset:
    """Reset; its person signs in with the password and sets up a factor anew."""
    reset = locked(FactorReset.objects.visible_to(actor)).get(pk=reset_id)

    CONFIRM_FACTOR_RESET.require(actor, reset.account)
    enforce(
        may_confirm_factor_reset(
            person=reset.account.person_id,
            decided_by={reset.asked_by, actor.person_id},
            is_answered=reset.confirmed_at is not None or reset.withdrawn_at is not None,
        )
    )
    reset.confirmed_by, reset.confirmed_at = actor.person_id, at
    reset.save(update_fields=["confirmed_by", "confirmed_at"])
    for session in UserSession.objects.filter(user=reset.account):
        session.end()
    Authenticator.objects.filter(user=reset.account).delete()
    SignIn.objects.create(account=reset.account, outcome=SignIn.Outcome.FACTORS_RESET, at=at)
    send_reset_done(reset)
    record(subject=reset, clause=FACTORS, details={"person": reset.account.person_id})
    return reset

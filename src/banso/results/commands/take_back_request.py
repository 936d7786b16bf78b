"""Whoever asked to withhold takes the request back, and the result is open (R6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.results.judging.withholding import answers_to, roll_of
from banso.results.models import Withholding
from banso.results.permissions import TAKE_BACK_REQUEST
from banso.rulebook.japan import day_in_japan
from banso.rulebook.results.withholding import REQUEST, may_take_request_back
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def take_back_request(*, actor: Actor, withholding_id: UUID, at: datetime) -> Withholding:
    """End a request for good; to everybody else it looks like one that a refusal ended.

    The entry is its person's own, so that nobody tells by it who did not refuse (R5).
    """
    withholding = locked(Withholding.objects.visible_to(actor)).get(pk=withholding_id)

    TAKE_BACK_REQUEST.require(actor, withholding)
    roll, answers = roll_of(withholding.council_id), answers_to(withholding)
    enforce(
        may_take_request_back(state=withholding.state_on(day_in_japan(at), roll, answers)),
    )
    withholding.state = Withholding.State.ENDED
    withholding.ended_at = at
    withholding.save(update_fields=["state", "ended_at"])
    record(
        subject=withholding,
        clause=REQUEST,
        details={"text_sha256": withholding.text_sha256},
        sealed=True,
    )
    return withholding

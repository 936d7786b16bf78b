"""The lead takes a submission back, until the call closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.doubt import closed_until
from banso.ledger.locks import locked
from banso.ledger.record import command_at_arrival, record
from banso.proposals.models import Proposal
from banso.proposals.permissions import WITHDRAW_SUBMISSION
from banso.rulebook.calls.receiving import WITHDRAWAL, may_withdraw
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command_at_arrival
def withdraw_submission(*, actor: Actor, proposal_id: UUID, at: datetime) -> Proposal:
    """Make the proposal unsubmitted, to be changed or sent again; its receipts stay (K5)."""
    proposals = Proposal.objects.visible_to(actor).select_related("call")
    proposal = locked(proposals).get(pk=proposal_id)
    WITHDRAW_SUBMISSION.require(actor, proposal)
    enforce(
        may_withdraw(
            submitted_at=proposal.submitted_at,
            closes_at=proposal.call.closes_at,
            at=at,
            closed_until=closed_until(at),
        )
    )
    proposal.submitted_at = None
    proposal.save(update_fields=["submitted_at"])
    record(subject=proposal, clause=WITHDRAWAL, details={"version": proposal.version})
    return proposal

"""The funding agency decides on a proposal, and its proposers are told with the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.proposals.models import Proposal
from banso.review.models import Decision, Letter, SecurityExamination
from banso.review.permissions import DECIDE_PROPOSAL
from banso.review.queries.desk import is_merit_judged, require_undecided
from banso.rulebook.review import (
    DECISION,
    has_outcome,
    may_adopt,
    may_decide,
    may_examine_security,
)
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def decide_proposal(
    *,
    actor: Actor,
    proposal_id: UUID,
    recommendation: str,
    outcome: str,
    reasons: str,
    departure_reason: str = "",
    at: datetime,
) -> Decision:
    """Decide once, on merit and then on security, and write the letter (V4, V6, K8)."""
    received = Proposal.objects.to_judge(actor, at=at).select_related("call")
    proposal = locked(received).get(pk=proposal_id)

    DECIDE_PROPOSAL.require(actor, proposal)
    require_undecided(proposal)
    examination = SecurityExamination.objects.filter(proposal=proposal).first()
    is_departure = outcome != recommendation
    enforce(
        may_examine_security(
            is_about_to_be_adopted=True, merit_submitted=is_merit_judged(proposal)
        ),
        may_decide(
            recommendation=recommendation or None,
            decision=outcome,
            reason=departure_reason if is_departure else reasons,
        ),
        has_outcome(reasons=reasons),
        may_adopt(
            is_adoption=outcome == Decision.Outcome.ADOPT, is_examined=examination is not None
        ),
    )
    decision = Decision.objects.create(
        proposal=proposal,
        recommendation=recommendation,
        outcome=outcome,
        departure_reason=departure_reason if is_departure else "",
        decided_by_id=actor.person_id,
        decided_at=at,
    )
    _write_letter(decision, reasons, examination)
    record(
        subject=decision,
        clause=DECISION,
        details={
            "proposal": proposal_id,
            "recommendation": recommendation,
            "outcome": outcome,
            "reasons": reasons,
            "departure_reason": decision.departure_reason,
        },
    )
    return decision


def _write_letter(
    decision: Decision, reasons: str, examination: SecurityExamination | None
) -> None:
    is_adopted = decision.outcome == Decision.Outcome.ADOPT
    Letter.objects.create(
        proposal=decision.proposal,
        outcome=decision.outcome,
        reasons=reasons,
        measures=examination.measures if is_adopted and examination else "",
        sent_at=decision.decided_at,
    )

"""The agency examines security and leak measures of a proposal, after its merit was judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.proposals.models import Proposal
from banso.review.models import Decision, SecurityExamination
from banso.review.permissions import EXAMINE_SECURITY
from banso.review.queries.desk import is_merit_judged
from banso.rulebook.review import SECURITY, may_examine_security
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def examine_security(
    *, actor: Actor, proposal_id: UUID, measures: str, at: datetime
) -> SecurityExamination:
    """Record the measures asked, empty when none are; until the decision they may be revised."""
    received = Proposal.objects.to_judge(actor, at=at).select_related("call")
    proposal = locked(received).get(pk=proposal_id)

    EXAMINE_SECURITY.require(actor, proposal)
    verdict = may_examine_security(
        is_about_to_be_adopted=not Decision.objects.filter(proposal=proposal).exists(),
        merit_submitted=is_merit_judged(proposal),
    )
    enforce(verdict)
    examination, _ = SecurityExamination.objects.update_or_create(
        proposal=proposal,
        defaults={"measures": measures, "examined_by_id": actor.person_id, "examined_at": at},
    )
    record(
        subject=examination,
        clause=SECURITY,
        details={"proposal": proposal_id, "measures": measures},
    )
    return examination

"""A reviewer judges the merit of a proposal by the criteria of its call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.proposals.models import Proposal
from banso.review.models import Assessment, Assignment
from banso.review.permissions import SUBMIT_ASSESSMENT
from banso.review.queries.desk import require_undecided
from banso.rulebook.review import PLEDGE, may_open_content
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def submit_assessment(
    *,
    actor: Actor,
    assignment_id: UUID,
    feasibility: int,
    soundness: int,
    comment: str,
    at: datetime,
) -> Assessment:
    """Submit scores and comment (V5); until the decision a later one takes their place."""
    assignments = Assignment.objects.visible_to(actor)
    asked = assignments.get(pk=assignment_id)
    proposal = locked(Proposal.objects.filter(pk=asked.proposal_id)).get()
    assignment = locked(assignments).get(pk=assignment_id)

    SUBMIT_ASSESSMENT.require(actor, assignment)
    verdict = may_open_content(
        pledged_at=assignment.pledged_at,
        declared_at=assignment.declared_at,
        has_conflict=bool(assignment.conflict),
    )
    enforce(verdict)
    require_undecided(proposal)
    assessment, _ = Assessment.objects.update_or_create(
        assignment=assignment,
        defaults={
            "feasibility": feasibility,
            "soundness": soundness,
            "comment": comment,
            "submitted_at": at,
        },
    )
    record(
        subject=assessment,
        clause=PLEDGE,
        details={"feasibility": feasibility, "soundness": soundness, "comment": comment},
    )
    return assessment

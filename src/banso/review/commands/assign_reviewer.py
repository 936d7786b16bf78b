"""The funding agency asks a reviewer to judge a proposal, once its call has closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.queries.actors import actor_for
from banso.proposals.models import Proposal, without_conflict
from banso.review.models import Assignment
from banso.review.permissions import ASSIGN_REVIEWER
from banso.review.queries.desk import reviewers_to_assign
from banso.rulebook.japan import day_in_japan
from banso.rulebook.review import CONFLICT, may_assign
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def assign_reviewer(
    *, actor: Actor, proposal_id: UUID, person_id: UUID, at: datetime
) -> Assignment:
    """Assign one of the agency's reviewers of today, unless they have a conflict (V1)."""
    received = Proposal.objects.to_judge(actor, at=at).select_related("call")
    proposal = locked(received).get(pk=proposal_id)

    ASSIGN_REVIEWER.require(actor, proposal)
    today = day_in_japan(at)
    reviewer = reviewers_to_assign(proposal, on=today).get(pk=person_id)
    enforce(may_assign(has_conflict=_has_conflict(reviewer.pk, proposal, on=today)))
    assignment = Assignment.objects.create(
        proposal=proposal, person=reviewer, assigned_by_id=actor.person_id, assigned_at=at
    )
    record(
        subject=assignment, clause=CONFLICT, details={"proposal": proposal_id, "person": person_id}
    )
    return assignment


def _has_conflict(person_id: UUID, proposal: Proposal, *, on: date) -> bool:
    reviewer = actor_for(person_id, on=on)
    return not Proposal.objects.filter(without_conflict(reviewer), pk=proposal.pk).exists()

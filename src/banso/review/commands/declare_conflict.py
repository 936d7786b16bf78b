"""A reviewer declares a conflict with a proposal, or that there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.proposals.models import Exclusion
from banso.review.models import Assignment
from banso.review.permissions import DECLARE_CONFLICT
from banso.rulebook.review import CONFLICT

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def declare_conflict(
    *, actor: Actor, assignment_id: UUID, conflict: str = "", at: datetime
) -> Assignment:
    """Declare a kind of conflict, or none by leaving it empty.

    A conflict takes everything about the proposal away in the same transaction (V2). It may
    be noticed later and declared then; taking it back is not possible.
    """
    assignments = Assignment.objects.visible_to(actor)
    assignment = locked(assignments).get(pk=assignment_id)

    DECLARE_CONFLICT.require(actor, assignment)
    assignment.declared_at, assignment.conflict = at, conflict
    assignment.save(update_fields=["declared_at", "conflict"])
    if conflict:
        Exclusion.objects.create(proposal_id=assignment.proposal_id, person_id=actor.person_id)
    record(subject=assignment, clause=CONFLICT, details={"conflict": conflict})
    return assignment

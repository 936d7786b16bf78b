"""A reviewer pledges secrecy about one proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.review.models import Assignment
from banso.review.permissions import PLEDGE_SECRECY
from banso.rulebook.review import PLEDGE

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def pledge_secrecy(*, actor: Actor, assignment_id: UUID, at: datetime) -> Assignment:
    """Keep the instant of the pledge; a second pledge does not move it (V3)."""
    assignments = Assignment.objects.visible_to(actor)
    assignment = locked(assignments).get(pk=assignment_id)

    PLEDGE_SECRECY.require(actor, assignment)
    assignment.pledged_at = assignment.pledged_at or at
    assignment.save(update_fields=["pledged_at"])
    record(subject=assignment, clause=PLEDGE)
    return assignment

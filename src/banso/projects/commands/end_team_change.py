"""The person whom a team change is about ends the request, unseen by anybody else (C5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.projects.models import TeamChange
from banso.projects.permissions import END_TEAM_CHANGE
from banso.rulebook.councils import FREEDOM
from banso.rulebook.projects import may_end_request
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def end_team_change(*, actor: Actor, change_id: UUID, at: datetime) -> TeamChange:
    """End a request as resting on a freedom; no reason is asked for and nobody is told."""
    changes = TeamChange.objects.visible_to(actor).select_related("member")
    change = locked(changes).get(pk=change_id)

    END_TEAM_CHANGE.require(actor, change)
    enforce(
        may_end_request(seen_by_person_at=change.seen_at, is_applied=change.applied_at is not None)
    )
    change.ended_at = change.ended_at or at
    change.save(update_fields=["ended_at"])
    record(subject=change, clause=FREEDOM, sealed=True)
    return change

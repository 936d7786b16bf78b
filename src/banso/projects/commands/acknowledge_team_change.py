"""The person whom a team change is about confirms having seen it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.projects.models import TeamChange
from banso.projects.permissions import ACKNOWLEDGE_TEAM_CHANGE
from banso.rulebook.projects import TEAM_CHANGE

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def acknowledge_team_change(*, actor: Actor, change_id: UUID, at: datetime) -> TeamChange:
    """Pass a request on as seen; seeing is not agreeing (G2). One that was ended stays ended."""
    changes = TeamChange.objects.visible_to(actor).select_related("member")
    change = locked(changes).get(pk=change_id, ended_at=None)

    ACKNOWLEDGE_TEAM_CHANGE.require(actor, change)
    change.seen_at = change.seen_at or at
    change.save(update_fields=["seen_at"])
    record(subject=change, clause=TEAM_CHANGE)
    return change

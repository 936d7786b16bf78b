"""The funding agency changes a team as requested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.projects.models import ProjectMember, TeamChange
from banso.projects.permissions import APPLY_TEAM_CHANGE
from banso.rulebook.japan import day_in_japan
from banso.rulebook.projects import TEAM_CHANGE, may_change_team
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def apply_team_change(*, actor: Actor, change_id: UUID, at: datetime) -> TeamChange:
    """End the person's place in the team today, once they have seen the request (G2)."""
    changes = TeamChange.objects.visible_to(actor).filter(pk=change_id)
    place = locked(ProjectMember.objects.filter(changes__in=changes, until_on=None)).get()
    change = locked(changes.select_related("project")).get()

    APPLY_TEAM_CHANGE.require(actor, change.project)
    enforce(
        may_change_team(
            ground=change.ground,
            seen_by_person_at=change.seen_at,
            has_ended=change.ended_at is not None,
        )
    )
    change.applied_at = at
    change.save(update_fields=["applied_at"])
    place.until_on = day_in_japan(at)
    place.save(update_fields=["until_on"])
    record(
        subject=change,
        clause=TEAM_CHANGE,
        details={"member": place.pk, "until_on": place.until_on},
    )
    return change

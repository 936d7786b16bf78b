"""Somebody who leads or runs a project asks that a person leave its team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.projects.models import ProjectMember, TeamChange
from banso.projects.permissions import REQUEST_TEAM_CHANGE
from banso.rulebook.japan import day_in_japan
from banso.rulebook.projects import TEAM_CHANGE, may_request_team_change
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def request_team_change(
    *,
    actor: Actor,
    project_id: UUID,
    member_id: UUID,
    ground: str,
    explanation: str,
    at: datetime,
) -> TeamChange:
    """Ask on a listed ground (G2), never for using a council's freedom (C5).

    The request reaches the person concerned and nobody else, so its entry is sealed.

    `member_id` is the person's place in the team, as `team_of` lists it.
    """
    places = ProjectMember.objects.visible_to(actor).on(day_in_japan(at)).select_related("project")
    place = locked(places).get(pk=member_id, project_id=project_id)

    REQUEST_TEAM_CHANGE.require(actor, place.project)
    enforce(may_request_team_change(ground=ground))
    change = TeamChange.objects.create(
        project=place.project,
        member=place,
        ground=ground,
        explanation=explanation,
        requested_by_id=actor.person_id,
        requested_at=at,
    )
    record(
        subject=change,
        clause=TEAM_CHANGE,
        details={"project": project_id, "member": member_id, "ground": ground},
        sealed=True,
    )
    return change

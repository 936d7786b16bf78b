"""Who may start a project and change its team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.people.permissions import Permission
from banso.projects.models import Project, led_by

if TYPE_CHECKING:
    from banso.people.actors import Actor
    from banso.projects.models import TeamChange
    from banso.proposals.models import Proposal


def _serves_the_agency(actor: Actor, proposal: Proposal) -> bool:
    return proposal.call.agency_id in actor.agencies


def _leads_or_runs(actor: Actor, project: Project) -> bool:
    return (
        Project.objects.filter(led_by(actor, path=""), pk=project.pk).exists()
        or project.agency_id in actor.agencies
        or project.concept_id in actor.directs
    )


def _is_the_person_concerned(actor: Actor, change: TeamChange) -> bool:
    return change.member.person_id == actor.person_id


def _serves_the_funder(actor: Actor, project: Project) -> bool:
    return project.agency_id in actor.agencies


START_PROJECT = Permission["Proposal"](
    "projects.start_project",
    _serves_the_agency,
    _("An officer of the funding agency that adopted the proposal starts its project."),
)
REQUEST_TEAM_CHANGE = Permission["Project"](
    "projects.request_team_change",
    _leads_or_runs,
    _("The principal investigator, the funding agency's officers, PD and PO request a change."),
)
ACKNOWLEDGE_TEAM_CHANGE = Permission["TeamChange"](
    "projects.acknowledge_team_change",
    _is_the_person_concerned,
    _("The person whom the request is about confirms having seen it; nobody does so for another."),
)
END_TEAM_CHANGE = Permission["TeamChange"](
    "projects.end_team_change",
    _is_the_person_concerned,
    _("The person whom the request is about ends it; nobody does so for another."),
)
APPLY_TEAM_CHANGE = Permission["Project"](
    "projects.apply_team_change",
    _serves_the_funder,
    _("An officer of the project's funding agency changes the team."),
)

"""The funding agency makes a project of an adopted proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.catalogue.models import PublicVersion
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.projects.models import PlanEdition, Project, ProjectMember
from banso.projects.permissions import START_PROJECT
from banso.projects.queries import proposals_to_start
from banso.proposals.models import Proposal
from banso.rulebook.japan import day_in_japan
from banso.rulebook.projects import DIRECTION

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def start_project(
    *,
    actor: Actor,
    proposal_id: UUID,
    code: str,
    summary_ja: str,
    summary_en: str = "",
    amount_yen: int,
    starts_on: date,
    ends_on: date,
    plan_text: str,
    at: datetime,
) -> Project:
    """Start the project with the proposal's team and the first edition of its plan."""
    received = Proposal.objects.to_judge(actor, at=at).select_related("call")
    proposal = locked(received).get(pk=proposal_id)

    START_PROJECT.require(actor, proposal)
    # Read again under the lock: whoever came first has made the project.
    proposal = proposals_to_start(actor, at=at).get(pk=proposal_id)
    project = Project.objects.create(
        code=code,
        proposal=proposal,
        concept=proposal.call.concept,
        agency_id=proposal.call.agency_id,
        institution=proposal.institution,
        lead_id=proposal.lead_id,
        title_ja=proposal.title_ja,
        title_en=proposal.title_en,
        summary_ja=summary_ja,
        summary_en=summary_en,
        amount_yen=amount_yen,
        starts_on=starts_on,
        ends_on=ends_on,
        is_sample=proposal.is_sample,
    )
    _copy_team(proposal, project, from_on=day_in_japan(at))
    PlanEdition.objects.create(
        project=project,
        number=1,
        text=plan_text,
        budget_yen=amount_yen,
        agreed_by_id=actor.person_id,
        agreed_at=at,
    )
    record(
        subject=project,
        clause=DIRECTION,
        details={"proposal": proposal_id, "code": code, "amount_yen": amount_yen},
    )
    PublicVersion.objects.bump()
    return project


def _copy_team(proposal: Proposal, project: Project, *, from_on: date) -> None:
    ProjectMember.objects.bulk_create(
        ProjectMember(
            project=project, person_id=member.person_id, role=member.role, from_on=from_on
        )
        for member in proposal.team.all()
    )

"""The lead writes the proposal's content and names its team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.proposals.judging.submission import drafting_of
from banso.proposals.judging.versions import version_of
from banso.proposals.models import Proposal, TeamMember
from banso.proposals.permissions import EDIT_PROPOSAL
from banso.rulebook.calls.receiving import APPROVED_VERSION
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def edit_proposal(
    *,
    actor: Actor,
    proposal_id: UUID,
    title_ja: str,
    title_en: str,
    abstract: str,
    core_technology: str,
    requested_yen: int | None,
    member_ids: Collection[UUID] = (),
    effort_percent: int = 0,
    at: datetime,
) -> Proposal:
    """Replace the content; a content that differs from the approved one voids the approval (K3).

    `member_ids` are the co-investigators, without the lead; `effort_percent` is the lead's.
    """
    proposals = Proposal.objects.visible_to(actor).select_related("call")
    proposal = locked(proposals).get(pk=proposal_id)
    EDIT_PROPOSAL.require(actor, proposal)
    enforce(drafting_of(proposal, at))
    proposal.title_ja, proposal.title_en = title_ja, title_en
    proposal.abstract, proposal.core_technology = abstract, core_technology
    proposal.requested_yen = requested_yen
    _name_team(proposal, member_ids, effort_percent)
    proposal.become_version(version_of(proposal))
    proposal.save()
    record(
        subject=proposal,
        clause=APPROVED_VERSION,
        details={"version": proposal.version, "members": sorted(map(str, member_ids))},
    )
    return proposal


def _name_team(proposal: Proposal, member_ids: Collection[UUID], effort_percent: int) -> None:
    lead = proposal.team.filter(role=TeamMember.Role.LEAD)
    lead.update(effort_percent=effort_percent)
    members = proposal.team.filter(role=TeamMember.Role.MEMBER)
    members.exclude(person_id__in=member_ids).delete()
    TeamMember.objects.bulk_create(
        [
            TeamMember(proposal=proposal, person_id=person_id, role=TeamMember.Role.MEMBER)
            for person_id in member_ids
        ],
        ignore_conflicts=True,
    )

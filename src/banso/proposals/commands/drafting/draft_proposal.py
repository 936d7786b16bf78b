"""Somebody begins a proposal to a call, from an institution that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.calls.models import Call
from banso.ledger.record import command, record
from banso.proposals.judging.submission import drafting_of
from banso.proposals.judging.versions import version_of
from banso.proposals.models import Proposal, TeamMember
from banso.proposals.permissions import DRAFT_PROPOSAL
from banso.rulebook.calls.receiving import SUBMISSION
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def draft_proposal(
    *,
    actor: Actor,
    call_id: UUID,
    institution_id: UUID,
    title_ja: str,
    title_en: str = "",
    is_sample: bool = False,
    at: datetime,
) -> Proposal:
    """Begin a draft before closing, also before the call opens; whoever begins it leads."""
    proposal = Proposal(
        call=Call.objects.visible_to(actor).get(pk=call_id),
        lead_id=actor.person_id,
        institution_id=institution_id,
        title_ja=title_ja,
        title_en=title_en,
        drafted_at=at,
        is_sample=is_sample,
    )
    DRAFT_PROPOSAL.require(actor, proposal)
    enforce(drafting_of(proposal, at))
    proposal.save()
    TeamMember.objects.create(
        proposal=proposal, person_id=actor.person_id, role=TeamMember.Role.LEAD
    )
    proposal.version = version_of(proposal)
    proposal.save(update_fields=["version"])
    record(
        subject=proposal,
        clause=SUBMISSION,
        details={"call": call_id, "institution": institution_id, "version": proposal.version},
    )
    return proposal

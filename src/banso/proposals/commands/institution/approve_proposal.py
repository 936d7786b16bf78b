"""An institution approves one exact version of a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.proposals.judging.submission import drafting_of
from banso.proposals.models import Proposal
from banso.proposals.permissions import APPROVE_PROPOSAL
from banso.rulebook.calls.receiving import APPROVED_VERSION, may_submit_version
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def approve_proposal(*, actor: Actor, proposal_id: UUID, version: str, at: datetime) -> Proposal:
    """Approve the version that the officer read; one that was edited since is refused (K3)."""
    proposals = Proposal.objects.visible_to(actor).select_related("call")
    proposal = locked(proposals).get(pk=proposal_id)
    APPROVE_PROPOSAL.require(actor, proposal)
    enforce(
        drafting_of(proposal, at),
        may_submit_version(approved_version=version, current_version=proposal.version),
    )
    proposal.approved_version = version
    proposal.approved_by_id = actor.person_id
    proposal.approved_at = at
    proposal.save(update_fields=["approved_version", "approved_by", "approved_at"])
    record(subject=proposal, clause=APPROVED_VERSION, details={"version": version})
    return proposal

"""An institution returns a proposal to its lead, with a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.proposals.judging.submission import drafting_of
from banso.proposals.models import Proposal
from banso.proposals.permissions import RETURN_PROPOSAL
from banso.rulebook.calls.receiving import APPROVED_VERSION
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def return_proposal(*, actor: Actor, proposal_id: UUID, comment: str, at: datetime) -> Proposal:
    """Make the proposal a draft again; the lead reads the comment, and no approval stands."""
    proposals = Proposal.objects.visible_to(actor).select_related("call")
    proposal = locked(proposals).get(pk=proposal_id)
    RETURN_PROPOSAL.require(actor, proposal)
    enforce(drafting_of(proposal, at))
    proposal.void_approval()
    proposal.sent_to_institution_at = None
    proposal.returned_at, proposal.return_comment = at, comment
    proposal.save()
    record(
        subject=proposal,
        clause=APPROVED_VERSION,
        details={"version": proposal.version, "comment": comment},
    )
    return proposal

"""The lead asks the institution to approve the proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.proposals.judging.submission import drafting_of
from banso.proposals.models import Proposal
from banso.proposals.permissions import SEND_TO_INSTITUTION
from banso.rulebook.calls.receiving import APPROVED_VERSION
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def send_to_institution(*, actor: Actor, proposal_id: UUID, at: datetime) -> Proposal:
    """Open the proposal to the institution's officers; a comment of theirs is answered by this."""
    proposals = Proposal.objects.visible_to(actor).select_related("call")
    proposal = locked(proposals).get(pk=proposal_id)
    SEND_TO_INSTITUTION.require(actor, proposal)
    enforce(drafting_of(proposal, at))
    proposal.sent_to_institution_at = at
    proposal.returned_at, proposal.return_comment = None, ""
    proposal.save(update_fields=["sent_to_institution_at", "returned_at", "return_comment"])
    record(subject=proposal, clause=APPROVED_VERSION, details={"version": proposal.version})
    return proposal

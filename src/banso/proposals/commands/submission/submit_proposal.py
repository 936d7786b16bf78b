"""The lead submits a proposal to its call, and gets the receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from banso.ledger.locks import locked
from banso.ledger.record import command_at_arrival, record
from banso.proposals.judging.submission import (
    REQUIRED_CONTENT,
    REQUIRED_PARTS,
    approval_of,
    completeness_of,
    receiving_of,
)
from banso.proposals.models import Proposal, Receipt
from banso.proposals.permissions import SUBMIT_PROPOSAL
from banso.rulebook.calls.receiving import COMPLETENESS
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.calls.models import Call
    from banso.ledger.record import Recorded
    from banso.people.actors import Actor


@command_at_arrival
def submit_proposal(*, actor: Actor, proposal_id: UUID, at: datetime) -> Receipt:
    """Receive the approved version once every file's hash is verified (K1, K2, K3)."""
    proposals = Proposal.objects.visible_to(actor).select_related("call")
    proposal = locked(proposals).get(pk=proposal_id)
    SUBMIT_PROPOSAL.require(actor, proposal)
    enforce(receiving_of(proposal, at), approval_of(proposal))
    enforce(completeness_of(proposal, *REQUIRED_CONTENT, *REQUIRED_PARTS))
    proposal.submitted_at = at
    proposal.save(update_fields=["submitted_at"])
    number, files = _next_number(proposal.call), _files_of(proposal)
    recorded = record(
        subject=proposal,
        clause=COMPLETENESS,
        details={"receipt": number, "version": proposal.version, "files": files},
    )
    return _receipt(proposal, number, files, recorded)


def _next_number(call: Call) -> str:
    """Take the next number; one whose submission fails after this is never given out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('proposals_receipt_number')")
        [number] = cursor.fetchone()
    return f"R{call.fiscal_year}-{number:06d}"


def _files_of(proposal: Proposal) -> list[dict[str, object]]:
    files = proposal.files.order_by("part").values("part", "name", "size", "sha256")
    return [dict(one) for one in files]


def _receipt(
    proposal: Proposal, number: str, files: list[dict[str, object]], recorded: Recorded
) -> Receipt:
    return Receipt.objects.create(
        number=number,
        proposal=proposal,
        person_id=proposal.lead_id,
        received_at=recorded.at,
        version=proposal.version,
        files=files,
        entry_id=recorded.id,
        commitment=recorded.commitment.hex(),
    )

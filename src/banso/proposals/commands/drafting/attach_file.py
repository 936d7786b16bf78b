"""The lead attaches a file whose bytes are in the store already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.proposals.judging.submission import drafting_of
from banso.proposals.judging.versions import version_of
from banso.proposals.models import Proposal, ProposalFile
from banso.proposals.permissions import ATTACH_FILE
from banso.rulebook.calls.receiving import COMPLETENESS
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def attach_file(
    *,
    actor: Actor,
    proposal_id: UUID,
    part: str,
    name: str,
    sha256: str,
    size: int,
    scanned_with: str = "",
    at: datetime,
) -> ProposalFile:
    """Put the file in the place of its part; other bytes than the approved void the approval (K3).

    The hash is what the store computed from the bytes that this person sent, never one that
    came from outside: whoever reads the proposal can download what it names.
    """
    proposals = Proposal.objects.visible_to(actor).select_related("call")
    proposal = locked(proposals).get(pk=proposal_id)
    ATTACH_FILE.require(actor, proposal)
    enforce(drafting_of(proposal, at))
    file, _ = ProposalFile.objects.update_or_create(
        proposal=proposal,
        part=part,
        defaults={
            "name": name,
            "sha256": sha256,
            "size": size,
            "attached_at": at,
            "checked_at": at,
            "faults": [],
            "scanned_with": scanned_with,
        },
    )
    proposal.become_version(version_of(proposal))
    proposal.save()
    record(
        subject=proposal,
        clause=COMPLETENESS,
        details={"part": part, "sha256": sha256, "size": size, "version": proposal.version},
    )
    return file

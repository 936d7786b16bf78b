"""What a proposal needs to be written, to be received, and to be complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from banso.ledger.doubt import closed_until
from banso.rulebook.calls.receiving import (
    may_receive,
    may_submit_version,
    missing_parts,
)
from banso.rulebook.writing import is_written
from banso.web.file_store import verify

if TYPE_CHECKING:
    from datetime import datetime

    from banso.proposals.models import Proposal
    from banso.rulebook.verdicts import Verdict


REQUIRED_CONTENT: Final = ("abstract", "core-technology", "requested-amount")
REQUIRED_PARTS: Final = frozenset({"proposal"})


def drafting_of(proposal: Proposal, at: datetime) -> Verdict:
    """Judge whether a proposal may still be changed: neither submitted nor closed (K1)."""
    return may_receive(
        opens_at=proposal.drafted_at,
        closes_at=proposal.call.closes_at,
        submitted_at=proposal.submitted_at,
        at=at,
        closed_until=closed_until(at),
    )


def receiving_of(proposal: Proposal, at: datetime) -> Verdict:
    """Judge whether its call receives the proposal at an instant (K1)."""
    return may_receive(
        opens_at=proposal.call.receives_from,
        closes_at=proposal.call.closes_at,
        submitted_at=proposal.submitted_at,
        at=at,
        closed_until=closed_until(at),
    )


def approval_of(proposal: Proposal) -> Verdict:
    """Judge whether the institution approved the very version that there is now (K3)."""
    return may_submit_version(
        approved_version=proposal.approved_version or None, current_version=proposal.version
    )


def completeness_of(proposal: Proposal, *required: str) -> Verdict:
    """Judge whether the parts are there, reading every file back from the store (K2)."""
    return missing_parts(
        required=frozenset(required),
        present=_present_parts(proposal),
        unverified=frozenset(
            file.part for file in proposal.files.all() if not verify(file.sha256, file.size)
        ),
        at_fault=_parts_at_fault(proposal),
    )


def checks_of(proposal: Proposal, at: datetime, *, reads_files: bool) -> list[Verdict]:
    """Judge, one by one, all that a submission at an instant has to pass (P7).

    Files are read for the last page before submitting, so that no other waits for their store.
    """
    present = _present_parts(proposal)
    parts = [
        missing_parts(required={part}, present=present, unverified=frozenset())
        for part in (*REQUIRED_CONTENT, *sorted(REQUIRED_PARTS))
    ]
    return [
        *parts,
        completeness_of(proposal) if reads_files else _soundness_of(proposal),
        approval_of(proposal),
        receiving_of(proposal, at),
    ]


def _soundness_of(proposal: Proposal) -> Verdict:
    """Judge what was found in the files, without reading them."""
    return missing_parts(
        required=frozenset(),
        present=frozenset(),
        unverified=frozenset(),
        at_fault=_parts_at_fault(proposal),
    )


def _parts_at_fault(proposal: Proposal) -> frozenset[str]:
    return frozenset(file.part for file in proposal.files.all() if file.faults)


def _present_parts(proposal: Proposal) -> frozenset[str]:
    written = {
        "abstract": is_written(proposal.abstract),
        "core-technology": is_written(proposal.core_technology),
        "requested-amount": proposal.requested_yen is not None,
    }
    attached = {file.part for file in proposal.files.all()}
    return frozenset(part for part, is_there in written.items() if is_there) | attached

"""Proposals: the proposal, its team, its files, its receipts, and whom a conflict bars."""

from banso.proposals.models.conflicts import Exclusion, run_by, without_conflict
from banso.proposals.models.files import ProposalFile
from banso.proposals.models.proposal import LONG_TEXTS, Proposal, ProposalQuerySet
from banso.proposals.models.receipts import Receipt
from banso.proposals.models.team import TeamMember

__all__ = [
    "LONG_TEXTS",
    "Exclusion",
    "Proposal",
    "ProposalFile",
    "ProposalQuerySet",
    "Receipt",
    "TeamMember",
    "run_by",
    "without_conflict",
]

"""Which version a proposal is: the hash of everything that an approval covers (K3)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from banso.ledger.commitments import canonical_json
from banso.proposals.models import Proposal, ProposalFile, TeamMember

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from django.db.models import Model


# Where a proposal stands; every other field is content, which an approval covers (K3).
STANDING: Final = frozenset(
    {
        "id",
        "drafted_at",
        "version",
        "sent_to_institution_at",
        "approved_version",
        "approved_by",
        "approved_at",
        "returned_at",
        "return_comment",
        "submitted_at",
        "is_sample",
    }
)

# When a file came and what was found in it; an approval covers its name and its bytes.
FILE_STANDING: Final = frozenset(
    {"id", "proposal", "attached_at", "checked_at", "faults", "scanned_with"}
)


def version_of(proposal: Proposal) -> str:
    """Hash everything that an approval covers: the content, the team and each file's hash (K3)."""
    content = {name: getattr(proposal, column) for name, column in _facts_of(Proposal, STANDING)}
    team = [column for _, column in _facts_of(TeamMember, {"id", "proposal"})]
    files = [column for _, column in _facts_of(ProposalFile, FILE_STANDING)]
    content["team"] = list(proposal.team.order_by("person_id").values_list(*team))
    content["files"] = list(proposal.files.order_by("part").values_list(*files))
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def _facts_of(model: type[Model], left_out: AbstractSet[str]) -> list[tuple[str, str]]:
    fields = model._meta.concrete_fields
    return [(field.name, field.attname) for field in fields if field.name not in left_out]

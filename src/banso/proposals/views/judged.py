"""What the pages of a proposal share: what it still lacks, and what this person may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from banso.calls.queries import listed
from banso.proposals.judging.submission import checks_of, drafting_of
from banso.web.explanations import NOTHING_REFUSED, explain

if TYPE_CHECKING:
    from banso.people.actors import Request
    from banso.proposals.models import Proposal


def judged(request: Request, proposal: Proposal) -> dict[str, Any]:
    """Gather what is missing of a proposal at this instant, and what this person may do."""
    [call] = listed([proposal.call], at=request.at)
    checks = checks_of(proposal, request.at)
    is_lead = proposal.lead_id == request.actor.person_id
    return {
        "proposal": proposal,
        "call": call.call,
        "state": call.state,
        "left": call.left,
        "defects": [explain(one) for one in checks if one.is_refusal],
        "checks": len(checks),
        "is_lead": is_lead,
        "may_edit": is_lead and not drafting_of(proposal, request.at).is_refusal,
        "refusal": NOTHING_REFUSED,
    }

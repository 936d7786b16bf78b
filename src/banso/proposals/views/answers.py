"""What the pages of proposals share: trying an act, and what a proposal still lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from banso.calls.views.answers import standing
from banso.ledger.clock import read_clock
from banso.proposals.judging.submission import checks_of, drafting_of
from banso.rulebook.verdicts import RuleRefused
from banso.web.explanations import NOTHING_REFUSED, Explanation, explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from banso.people.actors import Request
    from banso.proposals.models import Proposal


def try_act(act: Callable[[], Any]) -> tuple[Explanation, Any]:
    """Run a command; what a rule refuses comes back as its explanation."""
    try:
        return NOTHING_REFUSED, act()
    except RuleRefused as refused:
        return explain(refused.verdict), None


def hub(request: Request, shown: Proposal) -> dict[str, Any]:
    """Gather what is missing of a proposal, and what this person may do about it."""
    at = read_clock()
    checks = checks_of(shown, at)
    defects = [explain(one) for one in checks if one.is_refusal]
    may_edit = shown.lead_id == request.actor.person_id and not (drafting_of(shown, at).is_refusal)
    return {
        "proposal": shown,
        "defects": defects,
        "checks": len(checks),
        "may_edit": may_edit,
        "is_lead": shown.lead_id == request.actor.person_id,
        "refusal": NOTHING_REFUSED,
        **standing(shown.call, at),
    }

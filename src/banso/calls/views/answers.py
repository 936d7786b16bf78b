"""What the pages of calls share: trying an act, the standing of a call, a proposal's hub."""

from __future__ import annotations

from datetime import MAXYEAR, datetime
from typing import TYPE_CHECKING, Any

from banso.calls import queries
from banso.calls.messages import REFUSALS, REFUSALS_BEFORE_OPENING
from banso.ledger.clock import read_clock
from banso.rulebook.verdicts import RuleRefused
from banso.web.explanations import NOTHING_REFUSED, Explanation, explain
from banso.web.formats import active_language, time_left

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from banso.calls.models import Call, Proposal
    from banso.people.actors import Request
    from banso.rulebook.verdicts import Verdict


ROWS_ON_A_PAGE = 50
UNPROCESSABLE = 422


def try_act(act: Callable[[], Any]) -> tuple[Explanation, Any]:
    """Run a command; what a rule refuses comes back as its explanation."""
    try:
        return NOTHING_REFUSED, act()
    except RuleRefused as refused:
        return explained(refused.verdict), None


def explained(verdict: Verdict) -> Explanation:
    """Choose the words: a call that its agency has still to open has no instant to name."""
    opens_at = verdict.facts.get("opens_at")
    is_unopened = isinstance(opens_at, datetime) and opens_at.year == MAXYEAR
    return explain(verdict, REFUSALS_BEFORE_OPENING if is_unopened else REFUSALS)


def status_of(request: HttpRequest, then: str) -> int:
    """Choose 422 for a form that was sent and leads nowhere, else 200."""
    return UNPROCESSABLE if request.method == "POST" and not then else 200


def standing(shown: Call, at: datetime) -> dict[str, Any]:
    """Say where a call stands at an instant, and how much time is left."""
    left = time_left(shown.closes_at, at, active_language())
    return {"call": shown, "state": shown.state_at(at), "left": left}


def hub(request: Request, shown: Proposal) -> dict[str, Any]:
    """Gather what is missing of a proposal, and what this person may do about it."""
    at = read_clock()
    checks = queries.checks_of(shown, at)
    defects = [explained(one) for one in checks if one.is_refusal]
    may_edit = shown.lead_id == request.actor.person_id and not (
        queries.drafting_of(shown, at).is_refusal
    )
    return {
        "proposal": shown,
        "defects": defects,
        "checks": len(checks),
        "may_edit": may_edit,
        "is_lead": shown.lead_id == request.actor.person_id,
        "refusal": NOTHING_REFUSED,
        **standing(shown.call, at),
    }

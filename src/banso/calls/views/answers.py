"""What the pages of calls share: trying an act, and the standing of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from banso.rulebook.verdicts import RuleRefused
from banso.web.explanations import NOTHING_REFUSED, Explanation, explain
from banso.web.formats import active_language, time_left

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest

    from banso.calls.models import Call

ROWS_ON_A_PAGE = 50
UNPROCESSABLE = 422


def try_act(act: Callable[[], Any]) -> tuple[Explanation, Any]:
    """Run a command; what a rule refuses comes back as its explanation."""
    try:
        return NOTHING_REFUSED, act()
    except RuleRefused as refused:
        return explain(refused.verdict), None


def status_of(request: HttpRequest, then: str) -> int:
    """Choose 422 for a form that was sent and leads nowhere, else 200."""
    return UNPROCESSABLE if request.method == "POST" and not then else 200


def standing(shown: Call, at: datetime) -> dict[str, Any]:
    """Say where a call stands at an instant, and how much time is left."""
    left = time_left(shown.closes_at, at, active_language())
    return {"call": shown, "state": shown.state_at(at), "left": left}

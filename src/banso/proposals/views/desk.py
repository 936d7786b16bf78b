"""The desk of whoever runs calls: each with what it received, and its opening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.views.decorators.http import require_http_methods, require_safe

from banso.calls.commands.open_call import open_call
from banso.calls.permissions import OPEN_CALL
from banso.calls.queries import call_to_run, calls_to_run
from banso.calls.views.answers import ROWS_ON_A_PAGE, standing, status_of, try_act
from banso.ledger.clock import read_clock
from banso.proposals.queries.desk import received_counts, received_proposals
from banso.web.explanations import NOTHING_REFUSED
from banso.web.pages import page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from banso.people.actors import Request


@require_safe
def desk(request: Request) -> HttpResponse:
    """List the calls that the person runs, with how many proposals each received."""
    at = read_clock()
    shown = Paginator(calls_to_run(request.actor), ROWS_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    counts = received_counts(request.actor, list(shown))
    context = {
        "shown": shown,
        "rows": [{**standing(one, at), "received": counts.get(one.pk, 0)} for one in shown],
        "may_announce": bool(request.actor.agencies),
    }
    return page(request, "proposals/desk/calls.html", context)


@require_http_methods(["GET", "POST"])
def desk_call(request: Request, slug: str) -> HttpResponse:
    """Show a call that the person runs; a POST opens it (G1)."""
    shown = call_to_run(request.actor, slug)
    refusal, then = NOTHING_REFUSED, ""
    if request.method == "POST":
        refusal, made = try_act(lambda: open_call(actor=request.actor, call_id=shown.pk))
        then = request.path if made else ""
    received = received_proposals(request.actor, shown)
    context = {
        "received": Paginator(received, ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
        "refusal": refusal,
        "may_open": shown.opened_at is None and OPEN_CALL.allows(request.actor, shown),
        **standing(shown, read_clock()),
    }
    return page(
        request, "proposals/desk/call.html", context, status=status_of(request, then), then=then
    )

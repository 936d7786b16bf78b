"""The desk of whoever runs calls: announce, open, see what was received."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from banso.calls import queries
from banso.calls.commands.announce_call import announce_call
from banso.calls.commands.open_call import open_call
from banso.calls.forms import (
    AnnounceForm,
)
from banso.calls.permissions import OPEN_CALL
from banso.calls.views.answers import ROWS_ON_A_PAGE, standing, status_of, try_act
from banso.ledger.clock import read_clock
from banso.web.explanations import NOTHING_REFUSED
from banso.web.pages import page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from banso.people.actors import Request


@require_safe
def desk(request: Request) -> HttpResponse:
    """List the calls that the person runs, with how many proposals each received."""
    at = read_clock()
    shown = Paginator(queries.calls_to_run(request.actor), ROWS_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    counts = queries.received_counts(request.actor, list(shown))
    context = {
        "shown": shown,
        "rows": [{**standing(one, at), "received": counts.get(one.pk, 0)} for one in shown],
        "may_announce": bool(request.actor.agencies),
    }
    return page(request, "calls/desk.html", context)


@require_http_methods(["GET", "POST"])
def announce(request: Request) -> HttpResponse:
    """Announce a call of one's own agency."""
    concepts = queries.concepts_to_call(request.actor)
    form = AnnounceForm(request.POST or None, concepts=concepts)
    refusal, then = NOTHING_REFUSED, ""
    if form.is_valid() and _is_new(form, concepts):
        slug = _slug(form, concepts)
        refusal, made = try_act(
            lambda: announce_call(actor=request.actor, slug=slug, **form.cleaned_data)
        )
        then = reverse("calls:desk_call", args=[made.slug]) if made else ""
    context = {"form": form, "refusal": refusal}
    return page(
        request, "calls/announce.html", context, status=status_of(request, then), then=then
    )


@require_http_methods(["GET", "POST"])
def desk_call(request: Request, slug: str) -> HttpResponse:
    """Show a call that the person runs; a POST opens it (G1)."""
    shown = queries.call_to_run(request.actor, slug)
    refusal, then = NOTHING_REFUSED, ""
    if request.method == "POST":
        refusal, made = try_act(lambda: open_call(actor=request.actor, call_id=shown.pk))
        then = request.path if made else ""
    received = queries.received_proposals(request.actor, shown)
    context = {
        "received": Paginator(received, ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
        "refusal": refusal,
        "may_open": shown.opened_at is None and OPEN_CALL.allows(request.actor, shown),
        **standing(shown, read_clock()),
    }
    return page(
        request, "calls/desk_call.html", context, status=status_of(request, then), then=then
    )


def _is_new(form: AnnounceForm, concepts: Any) -> bool:  # noqa: ANN401 - a queryset
    entered = form.cleaned_data
    concept = concepts.get(pk=entered["concept_id"])
    is_known = queries.is_call_known(
        concept_id=concept.pk, fiscal_year=entered["fiscal_year"], number=entered["round"]
    )
    if is_known:
        form.add_error(
            "round", _("This concept already has a call in this year and round. Enter the next.")
        )
    return not is_known


def _slug(form: AnnounceForm, concepts: Any) -> str:  # noqa: ANN401 - a queryset
    entered = form.cleaned_data
    concept = concepts.get(pk=entered["concept_id"])
    return f"{concept.slug}-{entered['fiscal_year']}-{entered['round']}"

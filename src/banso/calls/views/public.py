"""Calls as everybody reads them: the list, its files, and each call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from banso.calls import queries
from banso.calls.forms import FilterForm
from banso.calls.views.answers import ROWS_ON_A_PAGE, standing
from banso.ledger.clock import read_clock
from banso.web.lists.columns import Column
from banso.web.lists.files import file_of_list
from banso.web.pages import page

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from banso.calls.models import Call
    from banso.people.actors import Request


COLUMNS: tuple[Column[Any], ...] = (
    Column("call", _("Call ID"), lambda call: call.slug),
    Column("title_ja", _("Title (Japanese)"), lambda call: call.title_ja),
    Column("title_en", _("Title (English)"), lambda call: call.title_en),
    Column("state", _("State"), lambda call: call.standing),
    Column("concept", _("Concept ID"), lambda call: call.concept.slug),
    Column("agency", _("Funding agency"), lambda call: call.agency.short_name),
    Column("fiscal_year", _("Fiscal year"), lambda call: call.fiscal_year),
    Column("round", _("Round"), lambda call: call.round),
    Column("type", _("Type of call"), lambda call: call.type),
    Column("slots", _("Slots"), lambda call: call.slots),
    Column("ceiling_yen", _("Most yen for one project"), lambda call: call.ceiling_yen),
    Column("opens_at", _("Opens"), lambda call: call.opens_at),
    Column("closes_at", _("Closes"), lambda call: call.closes_at),
    Column("is_sample", _("Sample record"), lambda call: call.is_sample),
)


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """List announced calls under the chosen filter, those still open first."""
    at = read_clock()
    form, chosen = _chosen(request)
    query = request.GET.copy()
    query.pop("page", None)
    shown = Paginator(chosen, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "shown": shown,
        "rows": [standing(call, at) for call in shown],
        "query": query.urlencode(),
        "is_filtered": any(query.values()),
    }
    return page(request, "calls/calls.html", context)


@require_safe
def calls_csv(request: HttpRequest) -> HttpResponseBase:
    """Give the list as CSV, under the same filter."""
    return file_of_list("csv", "calls", COLUMNS, _chosen(request)[1])


@require_safe
def calls_json(request: HttpRequest) -> HttpResponseBase:
    """Give the list as JSON, under the same filter."""
    chosen = _chosen(request)[1]
    return file_of_list("json", "calls", COLUMNS, chosen, as_of=localdate(read_clock()))


@require_safe
def call(request: Request, slug: str) -> HttpResponse:
    """Show one call: its deadline first, then who may apply and the guidelines."""
    shown = queries.call_for(request.actor, slug)
    context = {
        "call": shown,
        "editions": queries.editions_of(shown),
        "agency_page": queries.agency_calls_page(shown),
        **standing(shown, read_clock()),
    }
    return page(request, "calls/call.html", context)


def _chosen(request: HttpRequest) -> tuple[FilterForm, QuerySet[Call]]:
    form = FilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    return form, queries.calls(read_clock(), **chosen)

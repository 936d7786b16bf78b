"""Calls as everybody reads them: the list, its files, and each call."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from banso.calls import queries
from banso.calls.forms import FilterForm
from banso.web.addresses import address_of
from banso.web.lists.answering import answer_list, list_file
from banso.web.lists.columns import Bilingual, Column, Kind, Status
from banso.web.lists.listing import Listing
from banso.web.pages import EVERYBODY, page

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request

CLOSES: Column[Any] = Column(
    "closes_at",
    _("Closes"),
    lambda listed: listed.call.closes_at,
    Kind.INSTANT,
    order=("closes_at", "slug"),
)
LEFT: Column[Any] = Column("time_left", _("Time left"), lambda listed: listed.left)
STATE: Column[Any] = Column(
    "state_name",
    _("State"),
    lambda listed: Status(
        listed.state.label, "info" if listed.state == listed.state.OPEN else "neutral"
    ),
    Kind.STATUS,
)

CALLS = Listing(
    name="calls",
    caption=_("Calls"),
    columns=(
        CLOSES,
        LEFT,
        Column(
            "title",
            _("Call"),
            lambda listed: Bilingual(listed.call.title_ja, listed.call.title_en),
            Kind.BILINGUAL,
            address=lambda listed: address_of("calls:call", listed.call.slug),
            is_heading=True,
            is_wide=True,
        ),
        STATE,
        Column("agency", _("Funding agency"), lambda listed: listed.call.agency.short_name),
        Column(
            "concept_title",
            _("R&D concept"),
            lambda listed: Bilingual(listed.call.concept.title, listed.call.concept.title_en),
            Kind.BILINGUAL,
            address=lambda listed: address_of("portal:concept", listed.call.concept.slug),
        ),
        Column("call", _("Call ID"), lambda listed: listed.call.slug, is_shown=False),
        Column(
            "title_ja", _("Title (Japanese)"), lambda listed: listed.call.title_ja, is_shown=False
        ),
        Column(
            "title_en", _("Title (English)"), lambda listed: listed.call.title_en, is_shown=False
        ),
        Column("state", _("State"), lambda listed: listed.state.value, is_shown=False),
        Column(
            "concept", _("Concept ID"), lambda listed: listed.call.concept.slug, is_shown=False
        ),
        Column(
            "fiscal_year",
            _("Fiscal year"),
            lambda listed: listed.call.fiscal_year,
            is_shown=False,
        ),
        Column("round", _("Round"), lambda listed: listed.call.round, is_shown=False),
        Column("type", _("Type of call"), lambda listed: listed.call.type, is_shown=False),
        Column("slots", _("Slots"), lambda listed: listed.call.slots, Kind.NUMBER, is_shown=False),
        Column(
            "ceiling_yen",
            _("Most yen for one project"),
            lambda listed: listed.call.ceiling_yen,
            Kind.YEN,
            is_shown=False,
        ),
        Column(
            "opens_at",
            _("Opens"),
            lambda listed: listed.call.opens_at,
            Kind.INSTANT,
            order=("opens_at", "slug"),
            is_shown=False,
        ),
        Column(
            "is_sample", _("Sample record"), lambda listed: listed.call.is_sample, is_shown=False
        ),
    ),
    order=("running_until", "-closes_at", "slug"),
    is_sample=lambda listed: listed.call.is_sample,
    filters=FilterForm,
    narrow=lambda rows, chosen: queries.narrowed(rows, **chosen),
    search=queries.with_words,
    search_label=_("Title of the call"),
    empty=_("No call has been announced yet."),
)


@require_safe
def calls(request: Request) -> HttpResponseBase:
    """List announced calls under the chosen filter, those still open first."""
    return answer_list(
        request,
        CALLS,
        queries.calls(request.at),
        template="calls/calls.html",
        audience=EVERYBODY,
        at=request.at,
        gather=partial(queries.listed, at=request.at),
    )


@require_safe
def calls_file(request: Request, form: str) -> HttpResponseBase:
    """Give the list as a file with every column, under the same filter."""
    return list_file(
        request,
        CALLS,
        queries.calls(request.at),
        form=form,
        at=request.at,
        gather=partial(queries.listed, at=request.at),
        is_whole=True,
    )


@require_safe
def call(request: Request, slug: str) -> HttpResponse:
    """Show one call: its deadline first, then who may apply and the guidelines."""
    shown = queries.call_for(request.actor, slug)
    [listed] = queries.listed([shown], at=request.at)
    context = {
        "call": shown,
        "state": listed.state,
        "left": listed.left,
        "is_paused": queries.is_closing_paused(shown, request.at),
        "editions": queries.editions_of(shown),
        "agency_page": queries.agency_calls_page(shown),
    }
    return page(request, "calls/call.html", context, audience=EVERYBODY)

"""The desk of whoever runs calls: each with what it received, and its opening."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from banso.calls.commands.open_call import open_call
from banso.calls.permissions import OPEN_CALL
from banso.calls.queries import (
    call_to_run,
    calls_to_run,
    is_closing_paused,
    paused_closings,
)
from banso.proposals.queries.desk import received_proposals, run_calls, with_words
from banso.web.addresses import address_of
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.explanations import NOTHING_REFUSED
from banso.web.forms import ActForm
from banso.web.lists.answering import answer_list
from banso.web.lists.columns import Bilingual, Column, Kind, Status
from banso.web.lists.listing import Listing, list_page
from banso.web.pages import page

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request

THOSE_WHO_RUN_IT = _(
    "The officers of the agency, its PD and PO. People with a conflict do not see or count the"
    " proposals concerned."
)

RUN_CALLS = Listing(
    name="run-calls",
    caption=_("Calls of your agency"),
    columns=(
        Column(
            "title",
            _("Call"),
            lambda run: Bilingual(run.call.title_ja, run.call.title_en),
            Kind.BILINGUAL,
            address=lambda run: address_of("proposals:desk_call", run.call.slug),
            is_heading=True,
            is_wide=True,
        ),
        Column(
            "state",
            _("State"),
            lambda run: Status(
                run.state.label, "info" if run.state == run.state.OPEN else "neutral"
            ),
            Kind.STATUS,
        ),
        Column(
            "closes_at",
            _("Closes"),
            lambda run: run.call.closes_at,
            Kind.INSTANT,
            order=("closes_at", "slug"),
        ),
        Column("received", _("Received"), lambda run: run.received, Kind.NUMBER),
    ),
    order=("-closes_at", "slug"),
    is_sample=lambda run: run.call.is_sample,
    empty=_("Your agency has no call yet."),
)

RECEIVED = Listing(
    name="received",
    caption=_("Received proposals, in the order in which they came"),
    columns=(
        Column(
            "submitted_at",
            _("Received at"),
            lambda proposal: proposal.submitted_at,
            Kind.INSTANT,
            order=("submitted_at",),
        ),
        Column(
            "title",
            _("Proposal"),
            lambda proposal: Bilingual(proposal.title_ja, proposal.title_en),
            Kind.BILINGUAL,
            address=lambda proposal: address_of("proposals:proposal", proposal.pk),
            is_heading=True,
            is_wide=True,
        ),
        Column(
            "institution",
            _("Institution"),
            lambda proposal: Bilingual(proposal.institution.name_ja, proposal.institution.name_en),
            Kind.BILINGUAL,
        ),
        Column(
            "lead",
            _("Principal investigator"),
            lambda proposal: Bilingual(proposal.lead.name_ja, proposal.lead.name_en),
            Kind.BILINGUAL,
        ),
        Column(
            "requested_yen",
            _("Amount asked for"),
            lambda proposal: proposal.requested_yen,
            Kind.YEN,
            order=("requested_yen",),
            is_shown=False,
        ),
    ),
    order=("submitted_at",),
    filled=frozenset({"submitted_at"}),
    is_sample=lambda proposal: proposal.is_sample,
    search=with_words,
    search_label=_("Title or institution"),
    empty=_("No proposal has been received yet."),
)


@require_safe
def desk(request: Request) -> HttpResponseBase:
    """List the calls that the person runs, with how many proposals each received."""
    calls = calls_to_run(request.actor)
    return answer_list(
        request,
        RUN_CALLS,
        calls,
        template="proposals/desk/calls.html",
        audience=THOSE_WHO_RUN_IT,
        at=request.at,
        context={
            "may_announce": bool(request.actor.agencies),
            "paused_closings": paused_closings(calls, request.at),
        },
        gather=partial(run_calls, viewer=request.actor, at=request.at),
    )


@shows_and_takes
def desk_call(request: Request, slug: str) -> HttpResponseBase:
    """Show a call that the person runs, and what it received; a POST opens it (G1)."""
    call = call_to_run(request.actor, slug)
    received = received_proposals(request.actor, call)
    context = {
        "call": call,
        "state": call.state_at(request.at),
        "is_paused": is_closing_paused(call, request.at),
        "refusal": NOTHING_REFUSED,
        "may_open": call.opened_at is None and OPEN_CALL.allows(request.actor, call),
    }
    template = "proposals/desk/call.html"
    if request.method != "POST":
        return answer_list(
            request,
            RECEIVED,
            received,
            template=template,
            audience=THOSE_WHO_RUN_IT,
            at=request.at,
            context=context,
        )
    act = partial(open_call, actor=request.actor, call_id=call.pk)
    answered = answer(request, ActForm(sent(request)), act)
    if answered.is_done:
        return done(request, request.path, _("The call receives from its opening instant on."))
    return page(
        request,
        template,
        {"list": list_page(RECEIVED, request, received), **context, **answered.shown},
        audience=THOSE_WHO_RUN_IT,
        status=answered.status,
    )

"""Requests to withhold a part of a planned result: asking, reading, answering (R5 to R7)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from banso.results.commands.answer_withholding import answer_withholding
from banso.results.commands.request_withholding import request_withholding
from banso.results.commands.take_back_request import take_back_request
from banso.results.forms import AnswerForm, WithholdingForm
from banso.results.judging.withholding import request_about
from banso.results.lists import TONES, WITHHOLDINGS
from banso.results.permissions import REQUEST_WITHHOLDING
from banso.results.queries import results as queries
from banso.results.queries.withholdings import as_seen, requests_for, withholding_for
from banso.rulebook.verdicts import NotPermitted
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.explanations import explain
from banso.web.forms import ActForm
from banso.web.lists.answering import answer_list
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request
    from banso.web.answering import Answer

NOT_ALONE = _(
    "The current members of the council and the authors of the result. Your own answer: you alone."
)


@require_safe
def withholdings(request: Request) -> HttpResponseBase:
    """List the requests that concern the person, each with its one state and their own answer."""
    return answer_list(
        request,
        WITHHOLDINGS,
        requests_for(request.actor),
        template="results/withholding/withholdings.html",
        audience=_("You alone. Each request is open to those whom its own page names."),
        at=request.at,
        context={"presented": queries.presented_results(request.actor).count()},
        gather=partial(as_seen, request.actor, at=request.at),
    )


@shows_and_takes
def request_one(request: Request, result_id: UUID) -> HttpResponse:
    """Ask the council to withhold a part of a planned result."""
    result = queries.result_for(request.actor, result_id)
    councils = queries.councils_to_ask(request.actor, result)
    if not councils:
        raise NotPermitted(REQUEST_WITHHOLDING.name, str(REQUEST_WITHHOLDING.who))
    form = WithholdingForm(sent(request), councils=councils)
    bar = request_about(result, request.at)
    if bar.is_refusal and not form.is_bound:
        context = {"result": result, "refusal": explain(bar)}
        template = "results/withholding/no_request.html"
        return page(request, template, context, audience=_("You alone."))
    act = partial(request_withholding, actor=request.actor, result_id=result_id)
    answered = answer(request, form, act)
    if answered.made:
        message = _("The council is asked. Its members and the authors can read the request.")
        return done(request, reverse("results:withholding", args=[answered.made.pk]), message)
    return page(
        request,
        "results/withholding/request_withholding.html",
        {"result": result, **answered.shown},
        audience=_("You alone."),
        status=answered.status,
    )


@shows_and_takes
def withholding(request: Request, withholding_id: UUID) -> HttpResponse:
    """Show one request with its exact text; a POST is the person's own answer."""
    act = partial(answer_withholding, actor=request.actor, withholding_id=withholding_id)
    answered = answer(request, AnswerForm(sent(request)), act)
    if answered.is_done:
        message = _("Your answer is recorded. Nobody else sees it.")
        return done(request, reverse("results:withholding", args=[withholding_id]), message)
    return _page_of_the_request(request, withholding_id, answered)


@require_POST
def take_back(request: Request, withholding_id: UUID) -> HttpResponse:
    """End one's own request; the page of the request says what became of it."""
    act = partial(take_back_request, actor=request.actor, withholding_id=withholding_id)
    answered = answer(request, ActForm(sent(request)), act)
    if answered.is_done:
        message = _("You took the request back. The result is open.")
        return done(request, reverse("results:withholding", args=[withholding_id]), message)
    return _page_of_the_request(request, withholding_id, answered)


def _page_of_the_request(
    request: Request, withholding_id: UUID, answered: Answer[Any, Any]
) -> HttpResponse:
    context = {
        "seen": withholding_for(request.actor, withholding_id, at=request.at),
        "tones": TONES,
        **answered.shown,
    }
    return page(
        request,
        "results/withholding/withholding.html",
        context,
        audience=NOT_ALONE,
        part="results/withholding/_request.html",
        status=answered.status,
    )

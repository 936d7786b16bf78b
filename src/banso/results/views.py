"""Pages of results: the public list, an author's own, and requests to withhold."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.forms import Form
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from banso.ledger.clock import read_clock
from banso.results import queries
from banso.results.commands.answer_withholding import answer_withholding
from banso.results.commands.plan_result import plan_result
from banso.results.commands.publish_result import publish_result
from banso.results.commands.request_withholding import request_withholding
from banso.results.commands.take_back_request import take_back_request
from banso.results.forms import AnswerForm, FilterForm, PlanForm, PublishForm, WithholdingForm
from banso.results.messages import REFUSALS
from banso.results.permissions import REQUEST_WITHHOLDING
from banso.rulebook.verdicts import NotPermitted, RuleRefused
from banso.web.answering import answer, done
from banso.web.explanations import NOTHING_REFUSED, Explanation, explain
from banso.web.lists.columns import Column
from banso.web.lists.files import file_of_list
from banso.web.pages import page, see_other

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse, QueryDict
    from django.http.response import HttpResponseBase
    from django_stubs_ext import StrOrPromise

    from banso.people.actors import Request

ROWS_ON_A_PAGE = 50
UNPROCESSABLE = 422
_AUDIENCE_OF_A_REQUEST = _(
    "The current members of the council and the authors of the result. Your own answer: you alone."
)
COLUMNS: tuple[Column[Any], ...] = (
    Column("result_id", _("Result ID"), lambda result: result.pk),
    Column("kind", _("Kind"), lambda result: result.kind),
    Column("title_ja", _("Title of the result (Japanese)"), lambda result: result.title_ja),
    Column("title_en", _("Title of the result (English)"), lambda result: result.title_en),
    Column("published_at", _("Published on"), lambda result: result.published_at),
    Column("doi", _("DOI"), lambda result: result.doi),
    Column("project_code", _("Project code"), lambda result: result.project.code),
    Column("project_title_ja", _("Project"), lambda result: result.project.title_ja),
    Column("concept", _("Concept ID"), lambda result: result.project.concept.slug),
    Column("agency", _("Funding agency"), lambda result: result.project.agency.short_name),
    Column("institution", _("Institution"), lambda result: result.project.institution.name_ja),
    Column("is_sample", _("Sample record"), lambda result: result.is_sample),
)
YEARLY_COLUMNS: tuple[Column[Any], ...] = (
    Column("fiscal_year", _("Fiscal year"), lambda figures: figures.fiscal_year),
    Column("asked", _("Asked for"), lambda figures: figures.asked),
    Column("ended", _("Ended"), lambda figures: figures.ended),
    Column("in_force", _("In force on 31 March"), lambda figures: figures.in_force),
)


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """List published results under the chosen filter, newest first."""
    form, chosen = _chosen(request)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "shown": Paginator(chosen, ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "is_filtered": any(query.values()),
    }
    return page(request, "results/results.html", context)


@require_safe
def results_csv(request: HttpRequest) -> HttpResponseBase:
    """Give the list as CSV, under the same filter."""
    return file_of_list("csv", "results", COLUMNS, _chosen(request)[1])


@require_safe
def results_json(request: HttpRequest) -> HttpResponseBase:
    """Give the list as JSON, under the same filter."""
    chosen = _chosen(request)[1]
    return file_of_list("json", "results", COLUMNS, chosen, as_of=localdate(read_clock()))


@require_safe
def result(request: HttpRequest, result_id: UUID) -> HttpResponse:
    """Show one published result."""
    return page(request, "results/result.html", {"result": queries.published_result(result_id)})


@require_safe
def withheld(request: HttpRequest) -> HttpResponse:
    """Show how many requests to withhold were made, ended and in force, year by year."""
    return page(request, "results/withheld.html", {"years": queries.withheld_by_year()})


@require_safe
def withheld_file(_request: HttpRequest, form: str) -> HttpResponseBase:
    """Give the yearly figures as a file."""
    years = queries.withheld_by_year()
    return file_of_list(form, "withheld", YEARLY_COLUMNS, years, as_of=localdate(read_clock()))


@require_safe
def my_results(request: Request) -> HttpResponse:
    """List what is planned and published in the person's projects, and where they may plan."""
    own = Paginator(queries.results_for(request.actor), ROWS_ON_A_PAGE)
    context = {
        "shown": own.get_page(request.GET.get("page")),
        "projects": queries.projects_to_plan_in(request.actor),
        "audience": _("You alone. Each plan is open to those whom its own page names."),
    }
    return page(request, "results/my_results.html", context)


@require_http_methods(["GET", "POST"])
def plan(request: Request, project_id: UUID) -> HttpResponse:
    """Plan a result of one project."""
    project = queries.project_to_plan_in(request.actor, project_id)
    form = PlanForm(
        _sent(request),
        team=queries.team_today(project),
        initial={"author_ids": [str(request.actor.person_id)]},
    )
    if form.is_valid():
        planned = plan_result(actor=request.actor, project_id=project_id, **form.cleaned_data)
        return see_other(reverse("results:my_result", args=[planned.pk]))
    context = {"project": project, "form": form, "audience": _("You alone.")}
    return page(request, "results/plan.html", context, status=_status(form))


@require_safe
def my_result(request: Request, result_id: UUID) -> HttpResponse:
    """Show a result that the person may read, and what was asked about it where they may know."""
    found = queries.result_for(request.actor, result_id)
    context = {
        "result": found,
        "is_author": queries.is_author(request.actor, found),
        "withholdings": queries.withholdings_of(request.actor, found),
        "may_ask": bool(queries.councils_to_ask(request.actor, found))
        and not queries.request_about(found).is_refusal,
        "audience": _audience_of(found),
    }
    return page(request, "results/my_result.html", context)


@require_http_methods(["GET", "POST"])
def publish(request: Request, result_id: UUID) -> HttpResponse:
    """Publish a planned result by one click; the page says who will see it and asks nobody."""
    found = queries.result_for(request.actor, result_id)
    if found.published_at:
        return see_other(reverse("results:my_result", args=[result_id]))
    withheld = queries.withholdings_of(request.actor, found)
    is_part_withheld = any(seen.state == "in-force" for seen in withheld)
    form = PublishForm(_sent(request), is_part_withheld=is_part_withheld)
    if form.is_valid():
        publish_result(actor=request.actor, result_id=result_id, **form.facts())
        return see_other(reverse("results:my_result", args=[result_id]))
    context = {
        "result": found,
        "form": form,
        "withholdings": [seen for seen in withheld if seen.state != "ended"],
        "is_author": queries.is_author(request.actor, found),
        "audience": _audience_of(found),
    }
    return page(request, "results/publish.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
def withhold(request: Request, result_id: UUID) -> HttpResponse:
    """Ask the council to withhold a part of a planned result."""
    found = queries.result_for(request.actor, result_id)
    councils = queries.councils_to_ask(request.actor, found)
    if not councils:
        raise NotPermitted(REQUEST_WITHHOLDING.name, str(REQUEST_WITHHOLDING.who))
    form, refusal = WithholdingForm(_sent(request), councils=councils), NOTHING_REFUSED
    bar = queries.request_about(found)
    if bar.is_refusal and not form.is_bound:
        context = {
            "result": found,
            "refusal": explain(bar, REFUSALS),
            "audience": _("You alone."),
        }
        return page(request, "results/no_request.html", context)
    if form.is_valid():
        try:
            asked = request_withholding(
                actor=request.actor, result_id=result_id, **form.cleaned_data
            )
        except RuleRefused as refused:
            refusal = explain(refused.verdict, REFUSALS)
        else:
            return see_other(reverse("results:withholding", args=[asked.pk]))
    context = {"result": found, "form": form, "refusal": refusal, "audience": _("You alone.")}
    return page(request, "results/withhold.html", context, status=_status(form, refusal))


@require_safe
def withholdings(request: Request) -> HttpResponse:
    """List the requests that concern the person, and the plans that teams present to them."""
    context = {
        "withholdings": queries.withholdings_for(request.actor),
        "presented": queries.presented_results(request.actor),
        "audience": _("You alone. Each request is open to those whom its own page names."),
    }
    return page(request, "results/withholdings.html", context)


@require_http_methods(["GET", "POST"])
def withholding(request: Request, withholding_id: UUID) -> HttpResponse:
    """Show one request with its exact text; a POST is the person's own answer."""
    form, refusal = AnswerForm(_sent(request)), NOTHING_REFUSED
    if form.is_valid():
        try:
            answer_withholding(
                actor=request.actor, withholding_id=withholding_id, **form.cleaned_data
            )
        except RuleRefused as refused:
            refusal = explain(refused.verdict, REFUSALS)
    context = {
        "seen": queries.withholding_for(request.actor, withholding_id),
        "refusal": refusal,
        "audience": _AUDIENCE_OF_A_REQUEST,
    }
    return page(
        request,
        "results/withholding.html",
        context,
        part="results/_request.html",
        status=_status(form, refusal),
    )


@require_http_methods(["POST"])
def take_back(request: Request, withholding_id: UUID) -> HttpResponse:
    """End one's own request; the page of the request says what became of it."""
    asked = queries.withholding_for(request.actor, withholding_id)
    form = Form(request.POST)
    taken = answer(
        request,
        form,
        partial(take_back_request, actor=request.actor, withholding_id=asked.withholding.pk),
    )
    address = reverse("results:withholding", args=[withholding_id])
    if taken.is_done:
        return done(request, address, _("You took the request back. The result is open."))
    context = {
        "seen": queries.withholding_for(request.actor, withholding_id),
        "refusal": taken.refusal,
        "audience": _AUDIENCE_OF_A_REQUEST,
    }
    return page(
        request,
        "results/withholding.html",
        context,
        part="results/_request.html",
        status=taken.status,
    )


def _chosen(request: HttpRequest) -> tuple[FilterForm, QuerySet[Any]]:
    form = FilterForm(request.GET, concepts=queries.concepts_with_results())
    wanted = form.cleaned_data if form.is_valid() else {"kind": "none-of-these"}
    return form, queries.published_results(**wanted)


def _audience_of(result: Any) -> StrOrPromise:  # noqa: ANN401 - views know no models
    if result.published_at:
        return _("Everybody, on the public page. Requests to withhold: members and authors.")
    if result.is_presented_to_council:
        return _(
            "The project's team and authors, its institution's officers, the funding agency, PD"
            " and PO, and the members of the concept's council, to whom the team shows the plan."
        )
    return _(
        "The project's team and authors, its institution's officers, the funding agency, PD and"
        " PO. Requests to withhold: members of the council and authors alone."
    )


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _status(form: Form, refusal: Explanation = NOTHING_REFUSED) -> int:
    return UNPROCESSABLE if form.is_bound and (form.errors or refusal) else 200

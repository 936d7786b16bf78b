"""What everybody reads of results: the list, its files, and a result's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from banso.results.lists import RESULTS, YEARLY_COLUMNS
from banso.results.queries import results as queries
from banso.results.queries.withholdings import withheld_by_year
from banso.rulebook.japan import day_in_japan
from banso.web.lists.answering import answer_list, list_file
from banso.web.lists.files import file_of_list
from banso.web.pages import EVERYBODY, page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request


@require_safe
def results(request: Request) -> HttpResponseBase:
    """List published results under the chosen filter, newest first."""
    return answer_list(
        request,
        RESULTS,
        queries.published_results(),
        template="results/public/results.html",
        audience=EVERYBODY,
        at=request.at,
    )


@require_safe
def results_file(request: Request, form: str) -> HttpResponseBase:
    """Give the list as a file with every column, under the same filter."""
    rows = queries.published_results()
    return list_file(request, RESULTS, rows, form=form, at=request.at, is_whole=True)


@require_safe
def result(request: Request, result_id: UUID) -> HttpResponse:
    """Show one published result."""
    context = {"result": queries.published_result(result_id, at=request.at)}
    return page(request, "results/public/result.html", context, audience=EVERYBODY)


@require_safe
def withheld(request: Request) -> HttpResponse:
    """Show how many requests to withhold were made, ended and in force, year by year."""
    context = {"years": withheld_by_year(request.at)}
    return page(request, "results/public/withheld.html", context, audience=EVERYBODY)


@require_safe
def withheld_file(request: Request, form: str) -> HttpResponseBase:
    """Give the yearly figures as a file."""
    years = withheld_by_year(request.at)
    return file_of_list(form, "withheld", YEARLY_COLUMNS, years, as_of=day_in_japan(request.at))

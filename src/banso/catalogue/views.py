"""The public record's pages, and each of its lists to take away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from banso.catalogue import queries
from banso.catalogue.forms import ConceptFilterForm
from banso.ledger.clock import read_clock
from banso.web.formats import active_language
from banso.web.lists.columns import Column
from banso.web.lists.files import file_of_list
from banso.web.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

ROWS_ON_A_PAGE = 100


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Tell what the program is for, how it runs, who decides, and where its papers are."""
    visions, documents = list(queries.visions()), list(queries.documents())
    context = {
        "program": queries.program_text(),
        "ministries": queries.bodies("runs"),
        "agencies": queries.bodies("funds"),
        "visions": visions,
        "documents": documents,
        "links": queries.links(),
        "outreach": queries.outreach_actions(),
        "earlier_visions": queries.earlier_contents("vision", visions),
        "earlier_documents": queries.earlier_contents("document", documents),
        "withdrawn_documents": queries.withdrawn("document"),
    }
    return page(request, "catalogue/about.html", context)


@require_safe
def concepts(request: HttpRequest) -> HttpResponse:
    """List the rows of the concept table, one per edition, under the chosen filter."""
    form, editions = _chosen_editions(request)
    shown = Paginator(editions, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    chosen = request.GET.copy()
    chosen.pop("page", None)
    context = {
        "form": form,
        "is_filtered": any(chosen.values()),
        "query": chosen.urlencode(),
        "shown": shown,
        "groups": queries.by_vision(shown, editions),
    }
    return page(request, "catalogue/concepts.html", context)


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """List the meetings, as the Cabinet Office's page does."""
    context = {"meetings": queries.meetings(), "withdrawn": queries.withdrawn("meeting")}
    return page(request, "catalogue/meetings.html", context)


@require_safe
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one meeting with its papers, its summary and what it decided."""
    found = queries.meeting_at(slug)
    context = {
        "meeting": found,
        "decisions": queries.decisions_of(found),
        "earlier": queries.earlier_contents("meeting", [found]).get(found.pk, []),
        "program": queries.program_text(),
    }
    return page(request, "catalogue/meeting.html", context)


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Answer the questions about the program, each with the rules that rest on it."""
    found = list(queries.questions())
    context = {
        "questions": found,
        "rules": {question.pk: queries.rules_resting_on(question.number) for question in found},
        "earlier": queries.earlier_contents("question", found),
        "withdrawn": queries.withdrawn("question"),
        "source": queries.source_of_the_answers(),
    }
    return page(request, "catalogue/questions.html", context)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """List the news by date."""
    context = {"news": queries.news(), "withdrawn": queries.withdrawn("news")}
    return page(request, "catalogue/news.html", context)


@require_safe
def export_csv(request: HttpRequest, listed: str) -> HttpResponseBase:
    """Give a list as CSV: the rows and columns of the page, under the same filter."""
    taken = LISTS[listed]
    return file_of_list("csv", listed, taken.columns, taken.rows(request))


@require_safe
def export_json(request: HttpRequest, listed: str) -> HttpResponseBase:
    """Give a list as JSON, with what its columns mean."""
    taken = LISTS[listed]
    today = localdate(read_clock())
    return file_of_list("json", listed, taken.columns, taken.rows(request), as_of=today)


def _chosen_editions(request: HttpRequest) -> tuple[ConceptFilterForm, QuerySet[Any]]:
    form = ConceptFilterForm(request.GET, queries.concept_choices())
    editions = queries.concept_editions(**form.cleaned_data) if form.is_valid() else None
    return form, queries.no_editions() if editions is None else editions


def _in_language(japanese: str, english: str) -> str:
    return english if active_language() == "en" and english else japanese


@dataclass(frozen=True, slots=True)
class PublicList:
    """A list as it is taken away: what its columns are, and its rows for a request."""

    columns: tuple[Column[Any], ...]
    rows: Callable[[HttpRequest], Iterable[Any]]


LISTS = {
    "concepts": PublicList(
        (
            Column("vision", _("Vision"), lambda row: row.concept.vision.number),
            Column("row_id", _("Row"), lambda row: row.row_id),
            Column("edition", _("Edition"), lambda row: row.number),
            Column("created_on", _("Created on"), lambda row: row.created_on),
            Column("announced_on", _("Announced on"), lambda row: row.announced_on),
            Column("domain", _("Domain"), lambda row: row.concept.get_domain_display() or None),
            Column("title", _("R&D concept"), lambda row: _in_language(row.title, row.title_en)),
            Column("title_as_printed", _("Title as printed"), lambda row: row.title_as_printed),
            Column(
                "concept_pdf_kb", _("Size of the concept (KB)"), lambda row: row.concept_pdf_kb
            ),
            Column(
                "overview_pdf_kb", _("Size of the overview (KB)"), lambda row: row.overview_pdf_kb
            ),
            Column(
                "funding_agency", _("Funding agency"), lambda row: row.concept.agency.short_name
            ),
        ),
        lambda request: _chosen_editions(request)[1],
    ),
    "meetings": PublicList(
        (
            Column("body", _("Body"), lambda row: row.get_body_display()),
            Column("number", _("Number"), lambda row: row.number),
            Column("held_on", _("Held on"), lambda row: row.held_on),
            Column("has_papers", _("Agenda and papers"), lambda row: row.has_papers),
            Column("summary_kb", _("Size of the summary (KB)"), lambda row: row.summary_kb),
        ),
        lambda _request: queries.meetings(),
    ),
    "qa": PublicList(
        (
            Column("number", _("Number"), lambda row: row.number),
            Column(
                "question",
                _("Question"),
                lambda row: _in_language(row.question_ja, row.question_en),
            ),
            Column("answer", _("Answer"), lambda row: _in_language(row.answer_ja, row.answer_en)),
        ),
        lambda _request: queries.questions(),
    ),
    "news": PublicList(
        (
            Column("published_on", _("Date"), lambda row: row.published_on),
            Column("title", _("News"), lambda row: _in_language(row.title_ja, row.title_en)),
        ),
        lambda _request: queries.news(),
    ),
    "visions": PublicList(
        (
            Column("number", _("Number"), lambda row: row.number),
            Column("title", _("Title"), lambda row: _in_language(row.title_ja, row.title_en)),
            Column("decided_on", _("Decided on"), lambda row: row.decided_on),
            Column("decided_in", _("Decided in"), lambda row: row.decided_in or None),
            Column("decided_by", _("Deciding body"), lambda row: row.decided_by_ja or None),
            Column("how", _("How"), lambda row: row.how_ja or None),
            Column("concepts", _("R&D concepts"), lambda row: row.concept_count),
            Column("source", _("Source"), lambda row: row.source),
        ),
        lambda _request: queries.visions(),
    ),
    "documents": PublicList(
        (
            Column("title", _("Title"), lambda row: _in_language(row.title_ja, row.title_en)),
            Column("dated_on", _("Date"), lambda row: row.dated_on),
            Column("by", _("Deciding body"), lambda row: row.by_ja or None),
            Column("format", _("Format"), lambda row: row.format or None),
            Column("kb", _("Size (KB)"), lambda row: row.kb),
        ),
        lambda _request: queries.documents(),
    ),
    "links": PublicList(
        (
            Column("title", _("Title"), lambda row: _in_language(row.title_ja, row.title_en)),
            Column("address", _("Address"), lambda row: row.address or None),
        ),
        lambda _request: queries.links(),
    ),
    "outreach": PublicList(
        (
            Column("done_on", _("Date"), lambda row: row.done_on),
            Column("what", _("Action"), lambda row: _in_language(row.what_ja, row.what_en)),
        ),
        lambda _request: queries.outreach_actions(),
    ),
}

"""The public record's pages, and each of its lists to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.views.decorators.http import require_safe

from banso.catalogue import lists
from banso.catalogue.queries import concepts as concept_queries
from banso.catalogue.queries import history, records
from banso.web.lists.answering import answer_list, list_file
from banso.web.pages import EVERYBODY, page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.db.models import QuerySet
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request
    from banso.web.lists.columns import Column
    from banso.web.lists.listing import Listing


class TakenAway(NamedTuple):
    """A list that is taken away as a file, with its rows."""

    listing: Listing
    rows: Callable[[], QuerySet[Any]]

    @property
    def columns(self) -> Sequence[Column[Any]]:
        """What the file has."""
        return self.listing.columns


# By the name in its address.
LISTS: Mapping[str, TakenAway] = {
    "concepts": TakenAway(lists.CONCEPTS, concept_queries.concept_editions),
    "meetings": TakenAway(lists.MEETINGS, records.meetings),
    "qa": TakenAway(lists.QUESTIONS, records.questions),
    "news": TakenAway(lists.NEWS, records.news),
    "visions": TakenAway(lists.VISIONS, records.visions),
    "documents": TakenAway(lists.DOCUMENTS, records.documents),
    "links": TakenAway(lists.LINKS, records.links),
    "outreach": TakenAway(lists.OUTREACH, records.outreach_actions),
}


@require_safe
def about(request: Request) -> HttpResponse:
    """Tell what the program is for, how it runs, who decides, and where its papers are."""
    visions, documents = list(records.visions()), list(records.documents())
    context = {
        "program": records.program_text(),
        "ministries": records.bodies("runs"),
        "agencies": records.bodies("funds"),
        "visions": visions,
        "documents": documents,
        "links": records.links(),
        "outreach": records.outreach_actions(),
        "earlier_visions": history.earlier_contents("vision", visions),
        "earlier_documents": history.earlier_contents("document", documents),
        "withdrawn_documents": history.withdrawn("document"),
    }
    return page(request, "catalogue/publications/about.html", context)


@require_safe
def concepts(request: Request) -> HttpResponseBase:
    """List the rows of the concept table, one per edition, under the chosen filter."""
    return answer_list(
        request,
        lists.CONCEPTS,
        concept_queries.concept_editions(),
        template="catalogue/concepts.html",
        audience=EVERYBODY,
        at=request.at,
    )


@require_safe
def meetings(request: Request) -> HttpResponseBase:
    """List the meetings, as the Cabinet Office's page does."""
    return answer_list(
        request,
        lists.MEETINGS,
        records.meetings(),
        template="catalogue/meetings.html",
        audience=EVERYBODY,
        at=request.at,
        context={"withdrawn": history.withdrawn("meeting")},
    )


@require_safe
def meeting(request: Request, slug: str) -> HttpResponse:
    """Show one meeting with its papers, its summary and what it decided."""
    found = records.meeting_at(slug)
    context = {
        "meeting": found,
        "decisions": records.decisions_of(found),
        "earlier": history.earlier_contents("meeting", [found]).get(found.pk, []),
        "program": records.program_text(),
    }
    return page(request, "catalogue/meeting.html", context)


@require_safe
def questions(request: Request) -> HttpResponse:
    """Answer the questions about the program, each with the rules that rest on it."""
    found = list(records.questions())
    context = {
        "questions": found,
        "rules": {question.pk: records.rules_resting_on(question.number) for question in found},
        "earlier": history.earlier_contents("question", found),
        "withdrawn": history.withdrawn("question"),
        "source": records.source_of_the_answers(),
    }
    return page(request, "catalogue/publications/questions.html", context)


@require_safe
def news(request: Request) -> HttpResponseBase:
    """List the news by date."""
    return answer_list(
        request,
        lists.NEWS,
        records.news(),
        template="catalogue/publications/news.html",
        audience=EVERYBODY,
        at=request.at,
        context={"withdrawn": history.withdrawn("news")},
    )


@require_safe
def list_as_file(request: Request, listed: str, form: str) -> HttpResponseBase:
    """Give a whole list as a file, under the filter of its page."""
    taken = LISTS[listed]
    return list_file(request, taken.listing, taken.rows(), form=form, at=request.at, is_whole=True)

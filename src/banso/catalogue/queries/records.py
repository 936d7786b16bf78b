"""Reading what the program says and publishes: visions, documents, meetings, answers, news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from banso.catalogue.models import (
    Body,
    Document,
    Link,
    Meeting,
    MeetingPaper,
    NewsItem,
    OutreachAction,
    ProgramBody,
    ProgramText,
    QuestionAnswer,
    Vision,
)
from banso.rulebook.clauses import ClauseRecord, Source, all_clauses, sources

if TYPE_CHECKING:
    from django.db.models import QuerySet


def program_text() -> ProgramText | None:
    """Read what the program says of itself; None before it is loaded."""
    return ProgramText.objects.first()


def bodies(part: str) -> QuerySet[ProgramBody]:
    """List the bodies that run the program, or those that fund it."""
    return (
        ProgramBody.objects.filter(part=part, withdrawn_at=None)
        .select_related("organisation")
        .order_by("position", "pk")
    )


def visions() -> QuerySet[Vision]:
    """List the visions with their files and how many concepts follow from each."""
    return (
        Vision.objects.filter(withdrawn_at=None)
        .annotate(concept_count=Count("concepts"))
        .prefetch_related("files")
        .order_by("number")
    )


def documents() -> QuerySet[Document]:
    """List the documents as the program lists them."""
    return Document.objects.filter(withdrawn_at=None).order_by("position", "pk")


def links() -> QuerySet[Link]:
    """List the links as the program lists them."""
    return Link.objects.filter(withdrawn_at=None).order_by("position", "pk")


def outreach_actions() -> QuerySet[OutreachAction]:
    """List what was done so that people know of the program, latest first."""
    return OutreachAction.objects.filter(withdrawn_at=None).order_by("-done_on", "position", "pk")


def meetings() -> QuerySet[Meeting]:
    """List the meetings with their papers, latest first."""
    return (
        Meeting.objects.filter(withdrawn_at=None)
        .prefetch_related("papers")
        .order_by("-held_on", "slug")
    )


def meeting_at(slug: str) -> Meeting:
    """Read one meeting by its address, a withdrawn one too."""
    return Meeting.objects.prefetch_related("papers").get(slug=slug)


def decisions_of(meeting: Meeting) -> QuerySet[Vision]:
    """List the visions that a joint session decided."""
    if meeting.body != Body.JOINT_SESSION:
        return Vision.objects.none()
    return Vision.objects.filter(decided_on=meeting.held_on).order_by("number")


def questions() -> QuerySet[QuestionAnswer]:
    """List the questions by their fixed numbers."""
    return QuestionAnswer.objects.filter(withdrawn_at=None).order_by("number")


def meetings_matching(meetings: QuerySet[Meeting], words: str) -> QuerySet[Meeting]:
    """Keep meetings of which a paper or the way of meeting is named by every word."""
    for word in words.split():
        titled = MeetingPaper.objects.filter(title_ja__icontains=word).values("meeting")
        meetings = meetings.filter(Q(how_ja__icontains=word) | Q(pk__in=titled))
    return meetings


def source_of_the_answers() -> Source:
    """Name the document that the answers retell."""
    return next(source for source in sources() if source.key == "qa")


def rules_resting_on(number: int) -> list[ClauseRecord]:
    """List the rules that cite an answer of the Q&A, in the order of the rule book."""
    return [rule for rule in all_clauses() if f"qa {number}" in rule.basis]


def news() -> QuerySet[NewsItem]:
    """List the news, latest first."""
    return NewsItem.objects.filter(withdrawn_at=None).order_by("-published_on", "position", "pk")


def news_matching(news: QuerySet[NewsItem], words: str) -> QuerySet[NewsItem]:
    """Keep the news whose title has every word."""
    for word in words.split():
        news = news.filter(Q(title_ja__icontains=word) | Q(title_en__icontains=word))
    return news

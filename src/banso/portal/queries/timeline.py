"""A concept's way from the vision to its results, with what is missing on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from banso.calls.queries import calls_of_concept
from banso.catalogue.queries import ConceptPage, concept_page
from banso.councils.queries import public_councils, public_meetings
from banso.ledger.clock import read_clock
from banso.projects.queries import narrowed, projects
from banso.results.queries import published_of_concept
from banso.web.formats import active_language, date_text, instant_text
from banso.web.fronts import in_language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from banso.calls.models import Call
    from banso.councils.queries import PublicCouncil, PublicMeeting
    from banso.projects.models import Project
    from banso.results.models import Result

# How many projects and results of a concept its page shows; their lists have all of them.
LATEST = 20
DONE, CURRENT, AHEAD, MISSING = "done", "current", "ahead", "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A point of the timeline, in the reader's language."""

    title: str
    state: str
    when: str = ""
    note: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A concept with everything public that followed from it."""

    page: ConceptPage
    at: datetime
    calls: Sequence[Call]
    projects: Sequence[Project]
    results: Sequence[Result]
    councils: Sequence[PublicCouncil]
    meetings: Sequence[PublicMeeting]

    @property
    def steps(self) -> list[Step]:
        """Line up vision, editions, calls, projects, council and results."""
        return [
            _vision(self.page),
            *_editions(self.page),
            *_calls(self.page, self.calls, self.at),
            *_projects(self.projects, self.at),
            *_councils(self.councils),
            *_meetings(self.meetings, self.at),
            *_results(self.results),
        ]


def journey_of(slug: str) -> Journey:
    """Read a concept's page by its address."""
    page = concept_page(slug)
    latest = narrowed(projects(), concept=slug).order_by("-starts_on", "-code")[:LATEST]
    return Journey(
        page=page,
        at=read_clock(),
        calls=list(calls_of_concept(page.concept.pk)),
        projects=list(latest)[::-1],
        results=list(published_of_concept(slug)[:LATEST]),
        councils=public_councils(page.concept.pk),
        meetings=public_meetings(page.concept.pk),
    )


def _vision(page: ConceptPage) -> Step:
    vision = page.concept.vision
    when = _day(vision.decided_on) or vision.decided_month
    return Step(
        title=_("%(vision)s decided") % {"vision": vision.name},
        state=DONE if when else MISSING,
        when=when,
        address=reverse("catalogue:about"),
    )


def _editions(page: ConceptPage) -> list[Step]:
    oldest_first = page.editions[::-1]
    return [
        Step(
            title=_("R&D concept: %(edition)s") % {"edition": edition.name},
            state=DONE if edition.created_on or edition.announced_on else MISSING,
            when=_day(edition.created_on) or _day(edition.announced_on),
            note=edition.row_id,
        )
        for edition in oldest_first
    ]


def _calls(page: ConceptPage, calls: Sequence[Call], at: datetime) -> list[Step]:
    if not calls:
        note = _("No call is recorded here. The agency's own page lists its calls.")
        return [Step(title=_("Call"), state=MISSING, note=note, address=page.calls_page)]
    return [step for call in calls for step in _call(call, at)]


def _call(call: Call, at: datetime) -> list[Step]:
    title = in_language(call.title_ja, call.title_en)
    address = reverse("calls:call", args=[call.slug])
    is_open = call.state_at(at) == call.State.OPEN
    return [
        Step(
            title=_("Call announced: %(call)s") % {"call": title},
            state=DONE,
            when=_instant(call.announced_at),
            address=address,
        ),
        Step(
            title=_("Call opens"),
            state=DONE if call.opened_at and at >= call.opens_at else AHEAD,
            when=_instant(call.opens_at),
        ),
        Step(
            title=_("Call closes"),
            state=CURRENT if is_open else DONE if at >= call.closes_at else AHEAD,
            when=_instant(call.closes_at),
        ),
    ]


def _projects(projects_found: Sequence[Project], at: datetime) -> list[Step]:
    if not projects_found:
        return [Step(title=_("Projects adopted"), state=AHEAD)]
    return [
        Step(
            title=_("Project adopted: %(code)s %(title)s")
            % {"code": project.code, "title": in_language(project.title_ja, project.title_en)},
            state=DONE if project.starts_on <= at.date() else AHEAD,
            when=_("from %(start)s to %(end)s")
            % {"start": _day(project.starts_on), "end": _day(project.ends_on)},
            address=reverse("projects:project", args=[project.code]),
        )
        for project in projects_found
    ]


def _councils(councils: Sequence[PublicCouncil]) -> list[Step]:
    if not councils:
        return [Step(title=_("Council established"), state=AHEAD)]
    return [
        Step(
            title=_("Council established"),
            state=DONE,
            when=_day(council.established_at),
            note=in_language(council.organiser.name_ja, council.organiser.name_en),
        )
        for council in councils
    ]


def _meetings(meetings: Sequence[PublicMeeting], at: datetime) -> list[Step]:
    return [
        Step(
            title=_("Council meeting %(number)s") % {"number": meeting.number},
            state=DONE if meeting.held_at <= at else AHEAD,
            when=_day(meeting.held_at),
            note=_("Sample") if meeting.is_sample else "",
        )
        for meeting in reversed(meetings)
    ]


def _results(results: Sequence[Result]) -> list[Step]:
    if not results:
        return [Step(title=_("Results published"), state=AHEAD)]
    return [
        Step(
            title=_("Result published: %(title)s")
            % {"title": in_language(result.title_ja, result.title_en)},
            state=DONE,
            when=_day(result.published_at),
            note=result.get_kind_display(),
            address=reverse("results:result", args=[result.pk]),
        )
        for result in reversed(results)
    ]


def _day(day: date | None) -> str:
    return date_text(day, active_language())


def _instant(instant: datetime | None) -> str:
    return instant_text(instant, active_language())

"""What is told about results: to authors, and of a request to withhold to who answers it (R6)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import get_default_timezone, localdate
from django.utils.translation import gettext_lazy as _

from banso.councils.models import Membership
from banso.people.queries.actors import actor_for
from banso.results.models import Result, Withholding
from banso.results.permissions import (
    ANSWER_WITHHOLDING,
    PLAN_RESULT,
    PUBLISH_RESULT,
    REQUEST_WITHHOLDING,
    TAKE_BACK_REQUEST,
)
from banso.results.queries.withholdings import withholdings_to_answer
from banso.web.fronts.events import Deadlines, Due, Event, How, NoticeKind, Telling, Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from banso.web.fronts.events import Happened

RESULT, WITHHOLDING = "results.result", "results.withholding"


def _authors(happened: Happened) -> Iterator[Telling]:
    result = Result.objects.get(pk=happened.subject_id)
    for person_id in _authors_of(result.pk):
        yield Telling(person_id=person_id, subject_type=RESULT, subject_id=result.pk)


def _authors_of(result_id: UUID) -> list[UUID]:
    return sorted(
        Result.authors.through.objects.filter(result_id=result_id).values_list(
            "person_id", flat=True
        )
    )


def _members(council_id: UUID) -> list[UUID]:
    seats = Membership.objects.in_office().filter(council_id=council_id)
    return sorted(seats.values_list("person_id", flat=True))


def _tell(
    withholding: Withholding, people: Iterable[UUID], until: datetime | None = None
) -> Iterator[Telling]:
    for person_id in people:
        yield Telling(
            person_id=person_id,
            subject_type=WITHHOLDING,
            subject_id=withholding.pk,
            deadline_at=until,
        )


def _authors_of_request(happened: Happened) -> Iterator[Telling]:
    withholding = Withholding.objects.get(pk=happened.subject_id)
    return _tell(withholding, _authors_of(withholding.result_id))


def _members_of_request(happened: Happened) -> Iterator[Telling]:
    withholding = Withholding.objects.get(pk=happened.subject_id)
    return _tell(withholding, _members(withholding.council_id), _answers_until(withholding))


def _answers_until(withholding: Withholding) -> datetime | None:
    if withholding.answer_by_on is None:
        return None
    return datetime.combine(withholding.answer_by_on, time.max, tzinfo=get_default_timezone())


def _who_learns_of_its_end(happened: Happened) -> Iterator[Telling]:
    """Tell that a request ended or is in force, and nothing about anybody's answer (R5)."""
    withholding = Withholding.objects.get(pk=happened.subject_id)
    if withholding.state == Withholding.State.OPEN:
        return
    people = {*_authors_of(withholding.result_id), *_members(withholding.council_id)}
    yield from _tell(withholding, sorted(people))


def _to_answer(start: datetime, end: datetime, person_id: UUID | None) -> Iterator[Due]:
    asked = Withholding.objects.filter(
        state=Withholding.State.OPEN,
        answer_by_on__gte=localdate(start),
        answer_by_on__lte=localdate(end),
    )
    for withholding in asked.order_by("answer_by_on", "pk"):
        until = _answers_until(withholding)
        members = _members(withholding.council_id)
        for member in members if person_id is None else {*members} & {person_id}:
            if until and start < until <= end and _waits_for(member, withholding, start):
                yield Due(
                    person_id=member,
                    subject_type=WITHHOLDING,
                    subject_id=withholding.pk,
                    deadline_at=until,
                    since=withholding.requested_at,
                )


def _ends_by_the_clock(start: datetime, end: datetime, person_id: UUID | None) -> Iterator[Due]:
    """Find when requests lapse to open without anyone acting: unanswered, over, or not renewed."""
    standing = Withholding.objects.exclude(state=Withholding.State.ENDED)
    for withholding in standing.order_by("requested_at", "pk"):
        lapses_at = _lapses_at(withholding)
        if lapses_at is None or not start < lapses_at <= end:
            continue
        people = {*_authors_of(withholding.result_id), *_members(withholding.council_id)}
        for person in sorted(people if person_id is None else people & {person_id}):
            yield Due(
                person_id=person,
                subject_type=WITHHOLDING,
                subject_id=withholding.pk,
                deadline_at=lapses_at,
                since=withholding.requested_at,
            )


def _lapses_at(withholding: Withholding) -> datetime | None:
    """Tell from which instant the result is open again: the day named is no longer covered."""
    if withholding.state == Withholding.State.OPEN:
        last = withholding.answer_by_on
        day = last + timedelta(days=1) if last else None
    else:
        day = min(withholding.review_due_on, withholding.ends_on)
    return datetime.combine(day, time.min, tzinfo=get_default_timezone()) if day else None


def _waits_for(person_id: UUID, withholding: Withholding, at: datetime) -> bool:
    viewer = actor_for(person_id, on=localdate(at))
    return withholding.pk in {one.pk for one in withholdings_to_answer(viewer, at=at)}


def _result_page(key: str) -> str:
    return reverse("results:my_result", args=[key])


def _public_page(key: str) -> str:
    return reverse("results:result", args=[key])


def _request_page(key: str) -> str:
    return reverse("results:withholding", args=[key])


def _ended(name: str) -> Event:
    return Event(
        name=name,
        kind="withholdings-ended",
        words=_("A request to withhold has come to its end or is in force: %(title)s"),
        tell=_who_learns_of_its_end,
        page=_request_page,
        once=True,
        tells_actor=True,
        is_by_day=True,
    )


TOLD = Told(
    kinds={
        "results": NoticeKind(place=80, label=_("Results")),
        "withholdings": NoticeKind(place=81, label=_("Requests to withhold"), must_reach=True),
        # Gathered, so that the time of the mail tells nothing of whose answer it followed.
        "withholdings-ended": NoticeKind(
            place=82, label=_("Ends of requests to withhold"), usually=How.DAILY, must_reach=True
        ),
    },
    events={
        PLAN_RESULT.name: (
            Event(
                name="results.planned",
                kind="results",
                words=_("You are named as an author of a planned result: %(title)s"),
                tell=_authors,
                page=_result_page,
            ),
        ),
        PUBLISH_RESULT.name: (
            Event(
                name="results.published",
                kind="results",
                words=_("A result of which you are an author was published: %(title)s"),
                tell=_authors,
                page=_public_page,
            ),
        ),
        REQUEST_WITHHOLDING.name: (
            Event(
                name="results.withholding_of_own",
                kind="withholdings",
                words=_("A ministry asks to withhold a part of your result: %(title)s"),
                tell=_authors_of_request,
                page=_request_page,
            ),
            Event(
                name="results.withholding_to_answer",
                kind="withholdings",
                words=_("A request to withhold can be answered; silence is no consent: %(title)s"),
                tell=_members_of_request,
                page=_request_page,
            ),
        ),
        ANSWER_WITHHOLDING.name: (_ended("results.withholding_ended"),),
        TAKE_BACK_REQUEST.name: (_ended("results.withholding_ended"),),
    },
    deadlines=(
        Deadlines(
            name="results.to_answer",
            kind="withholdings",
            words=_("The time to answer a request to withhold ends: %(title)s"),
            calendar_words=_("End of the time to answer a request"),
            find=_to_answer,
            page=_request_page,
        ),
        Deadlines(
            name="results.withholding_lapsed",
            kind="withholdings-ended",
            words=_("A request to withhold has ended, and the result is open: %(title)s"),
            calendar_words=_("End of a request, unless it is renewed"),
            find=_ends_by_the_clock,
            page=_request_page,
            is_end=True,
        ),
    ),
)

"""What is told about calls: to institutions and to those who direct the R&D."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from banso.calls.models import Call
from banso.calls.permissions import ANNOUNCE_CALL, OPEN_CALL
from banso.people.actors import AGENCY_OFFICER, INSTITUTION_OFFICER
from banso.people.queries.serving import directors_of, officers_of
from banso.web.fronts.events import Deadlines, Due, Event, How, NoticeKind, Telling, Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor
    from banso.web.fronts import Titled
    from banso.web.fronts.events import Happened

CALL = "calls.call"


def titles(viewer: Actor, keys: Iterable[str]) -> Iterable[Titled]:
    """Name the calls that the viewer may read."""
    readable = Call.objects.visible_to(viewer).filter(pk__in=list(keys))
    return readable.values_list("pk", "title_ja", "title_en")


def _page(key: str) -> str:
    return reverse("calls:call", args=[Call.objects.values_list("slug", flat=True).get(pk=key)])


def _desk(key: str) -> str:
    slug = Call.objects.values_list("slug", flat=True).get(pk=key)
    return reverse("proposals:desk_call", args=[slug])


def _institutions_and_directors(happened: Happened) -> Iterator[Telling]:
    call, day = Call.objects.get(pk=happened.subject_id), localdate(happened.at)
    people = {
        *officers_of(INSTITUTION_OFFICER, None, on=day),
        *directors_of(call.concept_id, on=day),
    }
    for person_id in sorted(people):
        yield Telling(
            person_id=person_id,
            subject_type=CALL,
            subject_id=call.pk,
            deadline_at=call.closes_at,
        )


def _to_open(start: datetime, end: datetime, person_id: UUID | None) -> Iterator[Due]:
    waiting = Call.objects.filter(
        announced_at__isnull=False, opened_at=None, opens_at__gte=start, opens_at__lte=end
    )
    for call in waiting.order_by("opens_at", "pk"):
        for officer in officers_of(AGENCY_OFFICER, call.agency_id, on=localdate(start)):
            if person_id in {None, officer}:
                yield Due(
                    person_id=officer,
                    subject_type=CALL,
                    subject_id=call.pk,
                    deadline_at=call.opens_at,
                    since=call.announced_at or start,
                )


TOLD = Told(
    kinds={
        "calls": NoticeKind(place=20, label=_("Calls for proposals"), usually=How.WEEKLY),
    },
    events={
        ANNOUNCE_CALL.name: (
            Event(
                name="calls.announced",
                kind="calls",
                words=_("A call for proposals was announced: %(title)s"),
                tell=_institutions_and_directors,
                page=_page,
                shows_reach=True,
            ),
        ),
        OPEN_CALL.name: (
            Event(
                name="calls.opened",
                kind="calls",
                words=_("A call for proposals is open: %(title)s"),
                tell=_institutions_and_directors,
                page=_page,
                shows_reach=True,
            ),
        ),
    },
    deadlines=(
        Deadlines(
            name="calls.to_open",
            kind="reminders",
            words=_("Open the call: %(title)s"),
            calendar_words=_("Opening of a call"),
            find=_to_open,
            page=_desk,
            has_overdue=True,
        ),
    ),
)

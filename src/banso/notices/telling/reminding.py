"""Reminders: 7 days, a day and 3 hours before a deadline, and once when it is over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from banso.notices.models import Notice
from banso.notices.telling.declared import deadlines
from banso.notices.telling.telling import Asked, tell
from banso.web.fronts.events import Telling

if TYPE_CHECKING:
    from datetime import datetime

    from banso.web.fronts.events import Deadlines, Due
    from banso.web.fronts.jobs import Work

OVERDUE: Final = "over"
ENDED: Final = "end"
# The nearest first: of several that were missed only this one is still true.
STAGES: Final = (
    (timedelta(hours=3), "3h"),
    (timedelta(days=1), "1d"),
    (timedelta(days=7), "7d"),
)
OVERDUE_FOR: Final = timedelta(days=3)
AT_ONCE: Final = 500


def remind(work: Work) -> None:
    """Remind of what is due, each person once at each stage."""
    for found in deadlines().values():
        late = OVERDUE_FOR if found.has_overdue or found.is_end else timedelta()
        asked = []
        for due in found.find(work.at - late, work.at + STAGES[-1][0], None):
            stage = stage_of(found, due, work.at)
            if stage:
                asked.append(_asked(found, due, stage, work.at))
        for start in range(0, len(asked), AT_ONCE):
            with transaction.atomic():
                tell(_without_passed(asked[start : start + AT_ONCE]), at=work.at)
            work.progressed(min(start + AT_ONCE, len(asked)), len(asked))


def stage_of(found: Deadlines, due: Due, at: datetime) -> str:
    """Tell which reminder is this moment's; none that passed before the thing was theirs."""
    if found.is_end:
        return ENDED if at >= due.deadline_at else ""
    if at >= due.deadline_at:
        return OVERDUE if found.has_overdue else ""
    for before, stage in STAGES:
        passed_at = due.deadline_at - before
        if at >= passed_at:
            return stage if due.since <= passed_at else ""
    return ""


def _asked(found: Deadlines, due: Due, stage: str, at: datetime) -> Asked:
    key = f"{found.name}:{stage}:{due.deadline_at:%Y%m%dT%H%M%S}:{due.subject_id}:{due.person_id}"
    return Asked(
        telling=Telling(
            person_id=due.person_id,
            subject_type=due.subject_type,
            subject_id=due.subject_id,
            deadline_at=due.deadline_at,
        ),
        key=key,
        name=found.name,
        kind=found.kind,
        stage=stage,
        at=at,
    )


def _without_passed(asked: list[Asked]) -> list[Asked]:
    """Leave out what was reminded of already, before people and addresses are looked up."""
    known = set(
        Notice.objects.filter(key__in=[one.key for one in asked]).values_list("key", flat=True)
    )
    return [one for one in asked if one.key not in known]

"""Following the ledger: each act that has got its place is told once, in the order of places.

The cursor moves in the transaction that writes the notices. A killed worker has told all of an act
or nothing, and no act can forget to be told, because its entry is what is followed.
"""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import InterfaceError, OperationalError, transaction
from django.utils.timezone import localtime

from banso.jobs.queue import enqueue
from banso.ledger.models import Entry, Leaf
from banso.notices.models import Cursor
from banso.notices.telling.declared import events
from banso.notices.telling.telling import Asked, tell
from banso.web.fronts.events import Happened

if TYPE_CHECKING:
    from datetime import datetime

    from banso.web.fronts.events import Event
    from banso.web.fronts.jobs import Work

logger = logging.getLogger(__name__)
NAME: Final = "ledger"
TELL_OF_ACT: Final = "notices.tell_of_act"
AT_ONCE: Final = 200
# What a site did before it began to tell, or while the tasks were off for long, is told on the
# page alone: as mail it would come as news.
NEWS_FOR: Final = timedelta(days=3)
# What is older still is listed as read: it is there to be looked up.
PAST_AFTER: Final = timedelta(days=30)


def acts_wait() -> bool:
    """Tell whether an act has got its place since the last look."""
    cursor = Cursor.objects.filter(pk=NAME).first()
    return cursor is None or Leaf.objects.filter(index__gte=cursor.next_index).exists()


def follow(work: Work) -> None:
    """Tell of every act that has got its place."""
    while _follow_some(work):
        work.progressed(0, 0)


def _follow_some(work: Work) -> bool:
    with transaction.atomic():
        Cursor.objects.get_or_create(pk=NAME, defaults={"next_index": 0})
        cursor = Cursor.objects.select_for_update().get(pk=NAME)
        leaves = list(
            Leaf.objects.filter(index__gte=cursor.next_index)
            .order_by("index")
            .select_related("entry__detail")[:AT_ONCE]
        )
        for leaf in leaves:
            if leaf.entry is not None:
                _tell_or_put_aside(leaf.entry, work)
        if leaves:
            cursor.next_index = leaves[-1].index + 1
            cursor.save(update_fields=["next_index"])
        return len(leaves) == AT_ONCE


def _tell_or_put_aside(entry: Entry, work: Work) -> None:
    """Tell of an act; one that a fault of ours keeps from it does not keep the others."""
    try:
        with transaction.atomic():
            tell_of(entry, at=work.at)
    except Exception as fault:
        if isinstance(fault, (OperationalError, InterfaceError)):
            raise
        logger.exception("entry %s is told later", entry.number)
        number = str(entry.number)
        enqueue(TELL_OF_ACT, key=number, subject=number, at=work.at)


def tell_of_one_act(work: Work) -> None:
    """Tell of an act that was put aside."""
    with transaction.atomic():
        tell_of(Entry.objects.select_related("detail").get(number=work.subject), at=work.at)


def tell_of(entry: Entry, *, at: datetime) -> None:
    """Tell of one act, in the caller's transaction."""
    detail = getattr(entry, "detail", None)
    happened = Happened(
        act=entry.act,
        actor_id=entry.actor_id,
        subject_id=entry.subject_id,
        at=entry.at,
        details=json.loads(detail.text)["details"] if detail else {},
    )
    for event in events().get(entry.act, ()):
        asked = [
            Asked(
                telling=telling,
                key=_key(event, entry, telling.person_id, telling.subject_id),
                name=event.name,
                kind=event.kind,
                at=_begin_of_day(entry.at) if event.is_by_day else entry.at,
                by=entry.actor_id if event.shows_reach else None,
                act=entry.act,
                is_news=at - entry.at <= NEWS_FOR,
                is_past=at - entry.at > PAST_AFTER,
            )
            for telling in event.tell(happened)
            if event.tells_actor or telling.person_id != entry.actor_id
        ]
        tell(asked, at=at)


def _begin_of_day(at: datetime) -> datetime:
    return localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def _key(event: Event, entry: Entry, person_id: object, subject_id: object) -> str:
    told_of = subject_id if event.once else entry.number
    return f"{event.name}:{told_of}:{subject_id}:{person_id}"

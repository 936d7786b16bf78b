"""A person's deadlines and meetings as a calendar, under an address that only they know."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from banso.notices.models import Feed
from banso.notices.telling.declared import deadlines
from banso.people.queries.actors import actor_for
from banso.web.fronts import fronts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from banso.people.actors import Actor
    from banso.web.fronts.events import Deadlines, Due

SALT: Final = "banso.notices.calendar"
BACK: Final = timedelta(days=30)
AHEAD: Final = timedelta(days=400)
REFRESH: Final = timedelta(hours=1)


def feed_address(feed: Feed) -> str:
    """Write the feed's address; it is signed, so that the database holds no secret."""
    token = signing.dumps([str(feed.person_id), feed.number], salt=SALT)
    return settings.SITE_ADDRESS + reverse("notices:feed", args=[token])


def feed_at(token: str) -> Feed | None:
    """Find the feed of an address; nothing for one that is forged, renewed or ended."""
    try:
        person_id, number = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Feed.objects.filter(person_id=person_id, number=number, ended_at=None).first()


def calendar_of(feed: Feed, *, at: datetime) -> bytes:
    """Write the person's deadlines and meetings, in their language and without titles (I5)."""
    viewer = actor_for(feed.person_id, on=localdate(at))
    with override(feed.person.language):
        calendar = Calendar()
        calendar.add("prodid", "-//banso//K Program//JA")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", _("banso: deadlines and meetings"))
        calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
        for found, due in _dues(viewer, at):
            calendar.add_component(_entry(found, due, at))
        return bytes(calendar.to_ical())


def _dues(viewer: Actor, at: datetime) -> Iterator[tuple[Deadlines, Due]]:
    readers = {
        kind: reader for front in fronts().values() for kind, reader in front.titles.items()
    }
    for found in deadlines().values():
        for due in found.find(at - BACK, at + AHEAD, viewer.person_id):
            if list(readers[due.subject_type](viewer, [str(due.subject_id)])):
                yield found, due


def _entry(found: Deadlines, due: Due, at: datetime) -> Entry:
    host = settings.SITE_ADDRESS.partition("//")[2]
    address = settings.SITE_ADDRESS + found.page(str(due.subject_id))
    summary = str(found.calendar_words or found.words)
    entry = Entry()
    entry.add("uid", f"{found.name}.{due.subject_id}.{due.person_id}@{host}")
    entry.add("dtstamp", at)
    entry.add("dtstart", due.deadline_at)
    entry.add("dtend", due.ends_at or due.deadline_at)
    entry.add("summary", summary)
    entry.add("description", address)
    entry.add("url", address)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(days=-1))
    entry.add_component(alarm)
    return entry

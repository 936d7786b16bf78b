"""A person opens a calendar feed, or gives it a new address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command, record
from banso.notices.models import Feed
from banso.notices.permissions import OPEN_FEED
from banso.people.models import Person

if TYPE_CHECKING:
    from datetime import datetime

    from banso.people.actors import Actor


@command
def open_feed(*, actor: Actor, at: datetime) -> Person:
    """Open the feed under a new address; an earlier address shows nothing any more."""
    person = Person.objects.get(pk=actor.person_id)

    OPEN_FEED.require(actor, person)
    earlier = Feed.objects.visible_to(actor).values_list("number", flat=True).first()
    number = (earlier or 0) + 1
    Feed.objects.bulk_create(
        [Feed(person=person, number=number, made_at=at)],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["number", "made_at", "ended_at"],
    )
    record(subject=person, details={"number": number}, sealed=True)
    return person

"""A person ends their calendar feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.notices.models import Feed
from banso.notices.permissions import END_FEED
from banso.people.models import Person

if TYPE_CHECKING:
    from datetime import datetime

    from banso.people.actors import Actor


@command
def end_feed(*, actor: Actor, at: datetime) -> Person:
    """End the feed: its address shows nothing any more."""
    feed = locked(Feed.objects.visible_to(actor)).get()
    person = Person.objects.get(pk=actor.person_id)

    END_FEED.require(actor, person)
    feed.ended_at = at
    feed.save(update_fields=["ended_at"])
    record(subject=person, details={"number": feed.number}, sealed=True)
    return person

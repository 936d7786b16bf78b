"""Somebody else's record is opened, which the person can see (A-81)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command, record
from banso.people.models import Person
from banso.people.permissions import OPEN_RECORD

if TYPE_CHECKING:
    from uuid import UUID

    from banso.people.actors import Actor


@command
def open_record(*, actor: Actor, person_id: UUID) -> Person:
    """Give the record to whoever may read it, and say in the ledger that they did."""
    person = Person.objects.visible_to(actor).get(pk=person_id)
    OPEN_RECORD.require(actor, person)
    record(subject=person)
    return person

"""Names and numbers of a person are put right, by themselves or by whoever keeps the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command
from banso.people.models import Person
from banso.people.models.persons import NUMBERS
from banso.people.permissions import CORRECT_PERSON
from banso.people.records.changes import record_change, set_values
from banso.people.records.numbers import require_free_numbers
from banso.rulebook.offices import ONE_RECORD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from banso.people.actors import Actor


@command
def correct_person(*, actor: Actor, person_id: UUID, values: Mapping[str, str]) -> Person:
    """Change what differs; the entry says what was there before."""
    person = locked(Person.objects.visible_to(actor)).get(pk=person_id)
    CORRECT_PERSON.require(actor, person)
    changed = set_values(person, values)
    require_free_numbers(person, NUMBERS)
    person.save()
    record_change(subject=person, clause=ONE_RECORD, of=[(person, changed)])
    return person

"""An officer makes a person known for their body, with where the person belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command
from banso.people.models import Affiliation, Person
from banso.people.models.persons import NUMBERS
from banso.people.permissions import ENTER_PERSON
from banso.people.records.changes import record_change, set_values
from banso.people.records.numbers import require_free_numbers
from banso.people.records.samples import enters_samples
from banso.rulebook.offices import ONE_RECORD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from banso.people.actors import Actor


@command
def enter_person(
    *,
    actor: Actor,
    values: Mapping[str, str],
    organisation_id: UUID,
    unit: str = "",
    from_on: date,
) -> Person:
    """Enter a person without an account; a number of theirs stands on no other record (O3)."""
    ENTER_PERSON.require(actor, organisation_id)
    person = Person(kept_by_id=organisation_id, is_sample=enters_samples(actor))
    changed = set_values(person, values)
    require_free_numbers(person, NUMBERS)
    person.save()
    Affiliation.objects.create(
        person=person, organisation_id=organisation_id, unit=unit, from_on=from_on
    )
    record_change(
        subject=person,
        clause=ONE_RECORD,
        of=[(person, changed)],
        details={"organisation": organisation_id, "unit": unit, "from_on": from_on},
    )
    return person

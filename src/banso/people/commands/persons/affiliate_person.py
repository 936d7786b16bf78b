"""A person who is known comes to belong to a body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command
from banso.people.models import Affiliation, Person
from banso.people.permissions import AFFILIATE_PERSON
from banso.people.records.changes import record_change

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from banso.people.actors import Actor


@command
def affiliate_person(
    *, actor: Actor, person_id: UUID, organisation_id: UUID, unit: str = "", from_on: date
) -> Affiliation:
    """Let a person belong to the body from a day on; other affiliations stay as they are."""
    AFFILIATE_PERSON.require(actor, organisation_id)
    person = Person.objects.get(pk=person_id, merged_into=None)
    affiliation = Affiliation.objects.create(
        person=person, organisation_id=organisation_id, unit=unit, from_on=from_on
    )
    record_change(
        subject=affiliation,
        of=[(person, {})],
        details={"organisation": organisation_id, "unit": unit, "from_on": from_on},
    )
    return affiliation

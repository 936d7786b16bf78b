"""The operator erases what the ledger's entries say about a person; the entries stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.erasing import details_about, erase, name_erased
from banso.ledger.record import command, record
from banso.people.models import Person
from banso.people.permissions import ERASE_DETAILS

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def erase_details(*, actor: Actor, person_id: UUID, ground: str, at: datetime) -> Person:
    """Erase salts and texts of every entry by, about or naming the person.

    Only the owner of the tables may delete them, so this runs at the console, never on the web.
    """
    ERASE_DETAILS.require(actor, None)
    person = Person.objects.get(pk=person_id)
    numbers = [*details_about(person_id).values_list("number", flat=True)]
    erase(numbers)
    recorded = record(subject=person, details={"ground": ground, "entries": len(numbers)})
    name_erased(numbers, erased_by=recorded.number, at=at)
    return person

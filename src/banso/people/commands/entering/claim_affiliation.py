"""A person says where else they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command, record
from banso.people.entering import Place, claim_place
from banso.people.models import Person
from banso.people.permissions import CLAIM_AFFILIATION

if TYPE_CHECKING:
    from datetime import datetime

    from banso.people.actors import Actor


@command
def claim_affiliation(*, actor: Actor, place: Place, at: datetime) -> Person:
    """Put it before an officer of that body, or of an agency where the body is not known yet."""
    CLAIM_AFFILIATION.require(actor, None)
    person = Person.objects.get(pk=actor.person_id)
    claim_place(person, place, at=at)
    record(subject=person, details={"organisation": place.organisation_id})
    return person

"""A person takes their records of the ledger away, or an auditor those that are open to audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command, record
from banso.people.models import Person
from banso.proofs.permissions import EXPORT_BUNDLE
from banso.proofs.queries.bundle import reader_of

if TYPE_CHECKING:
    from banso.people.actors import Actor


@command
def export_bundle(*, actor: Actor) -> Person:
    """Record who takes a bundle, and as whom, before its first byte is written."""
    person = Person.objects.get(pk=actor.person_id)

    EXPORT_BUNDLE.require(actor, person)
    record(subject=person, details={"reader": reader_of(actor)})
    return person

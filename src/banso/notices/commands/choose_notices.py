"""A person chooses how to be told of each kind of notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command, record
from banso.notices.models import Choice
from banso.notices.permissions import CHOOSE_NOTICES
from banso.notices.telling.declared import kinds
from banso.people.models import Person
from banso.web.fronts.events import How

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banso.people.actors import Actor


@command
def choose_notices(*, actor: Actor, chosen: Mapping[str, str]) -> Person:
    """Keep the choices of the kinds that are named; what has to reach its reader stays in mail."""
    person = Person.objects.get(pk=actor.person_id)

    CHOOSE_NOTICES.require(actor, person)
    kept = {kind: How(how) for kind, how in chosen.items() if _may_be(kind, how)}
    Choice.objects.bulk_create(
        [Choice(person=person, kind=kind, how=how) for kind, how in sorted(kept.items())],
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["how"],
    )
    record(subject=person, details={"chosen": dict(sorted(kept.items()))}, sealed=True)
    return person


def _may_be(kind: str, how: str) -> bool:
    found = kinds().get(kind)
    return found is not None and not (found.must_reach and how == How.PAGE)

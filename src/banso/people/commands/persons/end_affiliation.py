"""A person ceases to belong to a body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command
from banso.people.models import Affiliation
from banso.people.permissions import END_AFFILIATION
from banso.people.records.changes import record_change, set_values

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from banso.people.actors import Actor


@command
def end_affiliation(*, actor: Actor, affiliation_id: UUID, until_on: date) -> Affiliation:
    """End it up to, not on, a day."""
    affiliations = Affiliation.objects.visible_to(actor).select_related("person")
    affiliation = locked(affiliations).get(pk=affiliation_id)
    END_AFFILIATION.require(actor, affiliation)
    changed = set_values(affiliation, {"until_on": until_on})
    affiliation.save(update_fields=["until_on"])
    record_change(
        subject=affiliation,
        of=[(affiliation.person, changed)],
        details={"organisation": affiliation.organisation_id},
    )
    return affiliation

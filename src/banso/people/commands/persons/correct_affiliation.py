"""Unit and days of an affiliation are put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command
from banso.people.models import Affiliation
from banso.people.permissions import CORRECT_AFFILIATION
from banso.people.records.changes import record_change, set_values

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from banso.people.actors import Actor


@command
def correct_affiliation(
    *,
    actor: Actor,
    affiliation_id: UUID,
    unit: str = "",
    from_on: date,
    until_on: date | None = None,
) -> Affiliation:
    """Change what differs; a last day that was wrong can be taken out as well."""
    affiliations = Affiliation.objects.visible_to(actor).select_related("person")
    affiliation = locked(affiliations).get(pk=affiliation_id)
    CORRECT_AFFILIATION.require(actor, affiliation)
    values = {"unit": unit, "from_on": from_on, "until_on": until_on}
    changed = set_values(affiliation, values)
    affiliation.save()
    record_change(
        subject=affiliation,
        of=[(affiliation.person, changed)],
        details={"organisation": affiliation.organisation_id},
    )
    return affiliation

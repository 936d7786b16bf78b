"""Names, numbers, kinds and units of a body are put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command
from banso.people.models import Organisation
from banso.people.models.organisations import NUMBERS
from banso.people.permissions import CORRECT_ORGANISATION
from banso.people.records.changes import record_change, set_values
from banso.people.records.numbers import require_free_numbers
from banso.rulebook.offices import ONE_RECORD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from banso.people.actors import Actor


@command
def correct_organisation(
    *, actor: Actor, organisation_id: UUID, values: Mapping[str, object]
) -> Organisation:
    """Change what differs; the entry says what was there before."""
    organisation = locked(Organisation.objects.standing()).get(pk=organisation_id)
    CORRECT_ORGANISATION.require(actor, organisation)
    changed = set_values(organisation, values)
    require_free_numbers(organisation, ("name_ja", *NUMBERS))
    organisation.save()
    record_change(subject=organisation, clause=ONE_RECORD, of=[(organisation, changed)])
    return organisation

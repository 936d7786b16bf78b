"""A deputy stands in no longer: ended by either of the two, or by an officer of the body."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from banso.ledger.locks import locked
from banso.ledger.record import command
from banso.people.models import Deputy
from banso.people.permissions import END_DEPUTY
from banso.people.records.changes import record_change
from banso.rulebook.japan import day_in_japan
from banso.rulebook.offices import DEPUTIES

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


A_DAY: Final = timedelta(days=1)


@command
def end_deputy(*, actor: Actor, deputy_id: UUID, at: datetime) -> Deputy:
    """End it with today's first request; one that has not begun is taken out."""
    named = Deputy.objects.visible_to(actor).select_related("person", "deputy")
    deputy = locked(named).get(pk=deputy_id)
    END_DEPUTY.require(actor, deputy)
    today = day_in_japan(at)
    if today <= deputy.from_on:
        # A period has a day at least; one that holds on no day is in the past.
        deputy.from_on = today - A_DAY
    deputy.until_on = min(deputy.until_on, max(today, deputy.from_on + A_DAY))
    deputy.save(update_fields=["from_on", "until_on"])
    record_change(subject=deputy, clause=DEPUTIES, of=[(deputy.person, {}), (deputy.deputy, {})])
    return deputy

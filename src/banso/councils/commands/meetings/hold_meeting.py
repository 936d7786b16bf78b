"""The organiser records a meeting of a council, ahead of it or afterwards."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from banso.catalogue.models import PublicVersion
from banso.councils.models import AgendaItem, Council, CouncilMeeting
from banso.councils.permissions import HOLD_MEETING
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.rulebook.verdicts import Clause

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor

AGENDA = Clause("C10")


@command
def hold_meeting(
    *,
    actor: Actor,
    council_id: UUID,
    held_at: datetime,
    agenda: Sequence[tuple[str, str]],
    minutes: str = "",
) -> CouncilMeeting:
    """Record a meeting with its agenda, each matter of a kind in the Act; its date is public."""
    councils = locked(Council.objects.known_to(actor).established())
    council = councils.get(pk=council_id)

    HOLD_MEETING.require(actor, council)
    meeting = CouncilMeeting.objects.create(
        council=council, number=council.meetings.count() + 1, held_at=held_at, minutes=minutes
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, number=number, kind=kind, title=title)
        for number, (kind, title) in enumerate(agenda, start=1)
    )
    record(
        subject=meeting,
        clause=AGENDA,
        details={
            "council": council_id,
            "held_at": held_at,
            "kinds": [kind for kind, _ in agenda],
            "minutes_sha256": hashlib.sha256(minutes.encode()).hexdigest(),
        },
    )
    PublicVersion.objects.bump()
    return meeting

"""A proposal to merge is taken back, or not confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command
from banso.people.models import Merging
from banso.people.permissions import WITHDRAW_MERGING
from banso.people.records.changes import record_change

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def withdraw_merging(*, actor: Actor, merging_id: UUID, at: datetime) -> Merging:
    """Close it; both records stay as they are."""
    waiting = Merging.objects.visible_to(actor).waiting()
    merging = locked(waiting).get(pk=merging_id)
    WITHDRAW_MERGING.require(actor, merging.both)
    merging.withdrawn_at = at
    merging.save(update_fields=["withdrawn_at"])
    record_change(subject=merging, of=[(one, {}) for one in merging.both])
    return merging

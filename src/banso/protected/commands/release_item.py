"""The provider releases an item; from then on nobody owes silence about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.protected.models import ProtectedItem
from banso.protected.permissions import RELEASE_ITEM
from banso.rulebook.verdicts import Clause

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor

LOOSENING = Clause("S5")


@command
def release_item(*, actor: Actor, item_id: UUID, at: datetime) -> ProtectedItem:
    """Release once; the register of everyone who received the item says so (S5)."""
    items = locked(ProtectedItem.objects.visible_to(actor))
    item = items.get(pk=item_id, released_at=None)

    RELEASE_ITEM.require(actor, item)
    item.released_at = at
    item.save(update_fields=["released_at"])
    record(subject=item, clause=LOOSENING, sealed=True)
    return item

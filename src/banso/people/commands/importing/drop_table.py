"""An uploaded table is dropped without being applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.models import UploadedTable
from banso.people.permissions import DROP_TABLE

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def drop_table(*, actor: Actor, table_id: UUID, at: datetime) -> UploadedTable:
    """Forget its rows; that it was uploaded stays on record."""
    table = locked(UploadedTable.objects.visible_to(actor).waiting()).get(pk=table_id)
    DROP_TABLE.require(actor, table)
    table.rows, table.closed_at = [], at
    table.save(update_fields=["rows", "closed_at"])
    record(subject=table, details={"kind": table.kind})
    return table

"""An officer uploads a table, to see what it would do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from banso.ledger.record import command, record
from banso.people.models import UploadedTable
from banso.people.permissions import UPLOAD_TABLE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from banso.people.actors import Actor

KEPT = timedelta(days=1)


@command
def upload_table(
    *,
    actor: Actor,
    kind: str,
    file_name: str,
    sha256: str,
    encoding: str,
    rows: Sequence[tuple[int, dict[str, Any]]],
    at: datetime,
) -> UploadedTable:
    """Keep the rows for a day, for their uploader alone; nothing of them is registered."""
    UPLOAD_TABLE.require(actor, kind)
    table = UploadedTable.objects.create(
        kind=kind,
        file_name=file_name,
        sha256=sha256,
        encoding=encoding,
        rows=[list(row) for row in rows],
        uploaded_by_id=actor.person_id,
        uploaded_at=at,
    )
    forgotten = UploadedTable.objects.waiting().filter(uploaded_at__lt=at - KEPT)
    forgotten.update(rows=[], closed_at=at)
    record(subject=table, details={"kind": kind, "sha256": sha256, "rows": len(rows)})
    return table

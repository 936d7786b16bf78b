"""Reading tables that somebody uploaded, and what their rows would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.people.models import UploadedTable
from banso.people.records.body_rows import judge_bodies
from banso.people.records.person_rows import judge_persons
from banso.people.records.tables import Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from banso.people.actors import Actor
    from banso.people.records.judging import CleanRow, Judged


def table_to_apply(viewer: Actor, table_id: UUID) -> UploadedTable:
    """Find one of the viewer's own tables that still waits."""
    return UploadedTable.objects.visible_to(viewer).waiting().get(pk=table_id)


def rows_of(table: UploadedTable) -> list[Row]:
    """Give a table's rows as they were written."""
    return [Row(number, cells) for number, cells in table.rows]


def judged_rows(viewer: Actor, kind: str, rows: Sequence[CleanRow]) -> list[Judged]:
    """Tell what each row would do."""
    judge = judge_persons if kind == UploadedTable.Kind.PERSONS else judge_bodies
    return judge(viewer, rows)

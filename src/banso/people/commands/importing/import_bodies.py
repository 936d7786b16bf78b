"""Every row of an uploaded table of bodies is taken, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command
from banso.people.models import Organisation, UploadedTable
from banso.people.permissions import IMPORT_BODIES
from banso.people.records.body_rows import judge_bodies
from banso.people.records.changes import AT_ONCE, record_change, set_values
from banso.people.records.judging import State
from banso.people.records.samples import enters_samples
from banso.rulebook.offices import ONE_RECORD, may_import
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor
    from banso.people.records.changes import Changed
    from banso.people.records.judging import CleanRow, Judged

_FIELDS = (
    *("name_ja", "name_kana", "name_en", "short_name", "kind"),
    *("corporate_number", "ror", "erad_code", "search_key", "search_pieces", "sort_key"),
)


@command
def import_bodies(
    *, actor: Actor, table_id: UUID, rows: Sequence[CleanRow], at: datetime
) -> UploadedTable:
    """Judge each row anew, as a click on it would be, and take them all in one entry."""
    table = locked(UploadedTable.objects.visible_to(actor).waiting()).get(pk=table_id)
    IMPORT_BODIES.require(actor, table)
    judged = judge_bodies(actor, rows, lock=True)
    faults = sum(one.state is State.ERROR for one in judged)
    taken = [one for one in judged if one.state in {State.NEW, State.CHANGED}]
    enforce(may_import(faults=faults, taken=len(taken)))
    is_sample = enters_samples(actor)
    changed = [_changed(one, is_sample=is_sample) for one in taken]
    new = [one.record for one in taken if one.state is State.NEW]
    old = [one.record for one in taken if one.state is State.CHANGED]
    Organisation.objects.bulk_create(new, batch_size=AT_ONCE)
    Organisation.objects.bulk_update(old, _FIELDS, batch_size=AT_ONCE)
    table.rows, table.closed_at, table.is_applied = [], at, True
    table.save(update_fields=["rows", "closed_at", "is_applied"])
    record_change(
        subject=table,
        clause=ONE_RECORD,
        of=changed,
        details={
            "sha256": table.sha256,
            "rows": [[one.number, one.state.value, str(one.record.pk)] for one in taken],
        },
    )
    return table


def _changed(judged: Judged, *, is_sample: bool) -> tuple[Organisation, Changed]:
    if judged.record is None:
        judged.record = Organisation(is_sample=is_sample)
    given = {name: value for name, value in judged.row.values.items() if value}
    if judged.state is State.CHANGED:
        given = {name: given[name] for name, *_ in judged.changes}
    changed = set_values(judged.record, given)
    judged.record.make_keys()
    return judged.record, changed

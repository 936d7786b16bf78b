"""Every row of an uploaded table of persons is taken, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command
from banso.people.models import Affiliation, Person, UploadedTable
from banso.people.models.persons import NAMES, NUMBERS
from banso.people.permissions import IMPORT_PERSONS
from banso.people.records.changes import AT_ONCE, record_change, set_values
from banso.people.records.judging import State
from banso.people.records.person_rows import judge_persons
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

_KEYS = ("search_key", "search_pieces", "sort_key")


@command
def import_persons(
    *, actor: Actor, table_id: UUID, rows: Sequence[CleanRow], at: datetime
) -> UploadedTable:
    """Judge each row anew, as a click on it would be, and take them all in one entry."""
    table = locked(UploadedTable.objects.visible_to(actor).waiting()).get(pk=table_id)
    IMPORT_PERSONS.require(actor, table)
    judged = judge_persons(actor, rows, lock=True)
    faults = sum(one.state is State.ERROR for one in judged)
    taken = [one for one in judged if one.state in {State.NEW, State.CHANGED}]
    enforce(may_import(faults=faults, taken=len(taken)))
    is_sample = enters_samples(actor)
    changed = [(_person_of(one, is_sample=is_sample), _changed(one)) for one in taken]
    _save(taken)
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


def _person_of(judged: Judged, *, is_sample: bool) -> Person:
    if judged.record is None:
        judged.record = Person(kept_by=judged.organisation, is_sample=is_sample)
    person: Person = judged.record
    return person


def _changed(judged: Judged) -> Changed:
    given = {name: value for name, value in judged.row.values.items() if value}
    if judged.state is State.CHANGED:
        given = {name: given[name] for name, *_ in judged.changes if name in given}
    changed = set_values(judged.record, given)
    judged.record.make_keys()
    for name, before, after in judged.changes:
        if name in {"organisation", "unit"}:
            changed[name] = (before, after)
    return changed


def _save(taken: Sequence[Judged]) -> None:
    new = [one.record for one in taken if one.state is State.NEW]
    old = [one.record for one in taken if one.state is State.CHANGED]
    Person.objects.bulk_create(new, batch_size=AT_ONCE)
    Person.objects.bulk_update(old, [*NAMES, *NUMBERS, *_KEYS], batch_size=AT_ONCE)
    added = [one for one in taken if one.state is State.NEW or _is_added(one)]
    Affiliation.objects.bulk_create(
        (
            Affiliation(
                person=one.record,
                organisation=one.organisation,
                unit=one.row.unit,
                from_on=one.row.from_on,
            )
            for one in added
            if one.row.from_on is not None
        ),
        batch_size=AT_ONCE,
    )
    moved = [one for one in taken if one.affiliation is not None]
    for one in moved:
        one.affiliation.unit = one.row.unit
    Affiliation.objects.bulk_update([one.affiliation for one in moved], ["unit"], AT_ONCE)


def _is_added(judged: Judged) -> bool:
    return any(name == "organisation" for name, *_ in judged.changes)

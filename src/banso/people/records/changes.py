"""What an act changed in records of persons and bodies, kept with its entry of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from banso.ledger.record import Recorded, record
from banso.people.models import Change, Organisation, Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from django.db.models import Model

    from banso.rulebook.verdicts import Clause

# Where the entry says it, by the id of the record: field, before, after.
RECORDS: Final = "records"
Changed = dict[str, tuple[object, object]]
AT_ONCE: Final = 2000


def set_values(row: Model, values: Mapping[str, object]) -> Changed:
    """Give a row its new values, and tell which of them differ, with what was there before."""
    changed: Changed = {}
    for name, value in values.items():
        before = getattr(row, name)
        if (before or "") != (value or ""):
            changed[name] = (before, value)
            setattr(row, name, value)
    return changed


def record_change(
    *,
    subject: Model,
    of: Iterable[tuple[Person | Organisation, Mapping[str, tuple[object, object]]]],
    clause: Clause | None = None,
    details: Mapping[str, object] | None = None,
) -> Recorded:
    """Write the entry with what changed in which records, and let each of them find it."""
    touched = list(of)
    said = {
        str(row.pk): {name: list(pair) for name, pair in found.items()}
        for row, found in touched
        if found
    }
    told = {RECORDS: _plain(said)} if said else {}
    recorded = record(subject=subject, clause=clause, details={**(details or {}), **told})
    Change.objects.bulk_create(
        (_change(recorded.number, row) for row, _found in touched), batch_size=AT_ONCE
    )
    return recorded


def changed_of(details: Mapping[str, Any], record_id: UUID) -> Mapping[str, Sequence[Any]]:
    """Read from an entry's details what it changed in one record."""
    found: Mapping[str, Sequence[Any]] = details.get(RECORDS, {}).get(str(record_id), {})
    return found


def _change(number: int, row: Person | Organisation) -> Change:
    if isinstance(row, Person):
        return Change(entry_id=number, person=row)
    return Change(entry_id=number, organisation=row)


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a field holds
    match value:
        case dict():
            return {key: _plain(part) for key, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case None | int():
            return value
        case _:
            return str(value)

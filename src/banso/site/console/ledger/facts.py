"""What the tables say happened, against the entries that recorded it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from banso.ledger.commitments import canonical_json
from banso.ledger.models import Entry
from banso.ledger.proving.auditing import Contradiction
from banso.site.console.ledger.stated import STATED, Stated

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE: Final = 2_000
HASHED: Final = "_sha256"


def facts_against_entries() -> Iterator[Contradiction]:
    """Find each entry whose act the tables tell otherwise, or not at all."""
    for stated in STATED:
        last = 0
        while entries := _entries_after(stated.act, last):
            yield from _compared(stated, entries)
            last = entries[-1].number
    yield from _of_no_act()


def _of_no_act() -> Iterator[Contradiction]:
    """Count the rows that say when something was done, and the acts that did it."""
    acts = defaultdict(set)
    for stated in STATED:
        if stated.at:
            acts[stated.model, stated.at].add(stated.act)
    for (model, at), names in acts.items():
        rows = model.objects.filter(**{f"{at}__isnull": False}).count()
        surplus = rows - Entry.objects.filter(act__in=names).count()
        if surplus > 0:
            table = model._meta.db_table
            yield Contradiction(table, f"{surplus} rows have {at}, and no act that is recorded")


def _entries_after(act: str, number: int) -> list[Entry]:
    rows = Entry.objects.filter(act=act, number__gt=number).select_related("detail")
    return list(rows.order_by("number")[:PIECE])


def _compared(stated: Stated, entries: list[Entry]) -> Iterator[Contradiction]:
    told = _told(stated, {entry.subject_id for entry in entries})
    table = stated.model._meta.db_table
    for entry in entries:
        recorded = _recorded(stated, entry)
        rows = told[entry.subject_id]
        if any(recorded.items() <= row.items() for row in rows):
            continue
        others = ({name for name in recorded if row[name] != recorded[name]} for row in rows)
        differing = min(others, key=len, default=set())
        says = f"differs from it in {', '.join(sorted(differing))}" if rows else "has no row of it"
        yield Contradiction(f"entry {entry.number}", f"{stated.act}: {table} {says}")


def _recorded(stated: Stated, entry: Entry) -> dict[str, Any]:
    """Give the value of each column as the entry has it; of an erased one, what is left."""
    facts: dict[str, object] = {**stated.fixed}
    if stated.at:
        facts[stated.at] = entry.at
    if stated.actor:
        facts[stated.actor] = entry.actor_id
    known: dict[str, Any] = json.loads(canonical_json(facts))
    detail = getattr(entry, "detail", None)
    details = json.loads(detail.text)["details"] if detail else {}
    return known | {
        column: details[name] for name, column in stated.details.items() if name in details
    }


def _told(stated: Stated, subjects: set[str]) -> dict[str, list[dict[str, Any]]]:
    """Read the rows of these subjects, each column in the form that an entry gives it."""
    columns = {*stated.details.values(), *stated.fixed} | {stated.at, stated.actor} - {""}
    hashed = {
        column
        for name, column in stated.details.items()
        if name.endswith(HASHED) and not column.endswith(HASHED)
    }
    rows = stated.model.objects.filter(**{f"{stated.subject}__in": subjects})
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.values(stated.subject, *columns):
        subject = str(row[stated.subject])
        for column in hashed:
            row[column] = hashlib.sha256(row[column].encode()).hexdigest()
        told[subject].append(json.loads(canonical_json({name: row[name] for name in columns})))
    return told

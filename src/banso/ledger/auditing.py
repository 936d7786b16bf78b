"""Everything that the ledger's tables state, against what was committed to and signed.

The database's owner can change any table. What they cannot do is to change a signed root, or to
find another text for a commitment; so each column, place, subtree and checkpoint is computed
again from what binds it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from banso.ledger.commitments import commitment, instant_text
from banso.ledger.models import Checkpoint, LogKey, Subtree
from banso.ledger.queries import stored_hashes
from banso.ledger.tree import Growing
from banso.ledger.verify import Checkpoint as Head
from banso.ledger.verify import Note, VerifierKey, Wrong, leaf_hash, signed_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from uuid import UUID

PIECE: Final = 5000

ENTRIES = """
SELECT entry.number, entry.id, entry.actor_id, entry.act, entry.subject_type, entry.subject_id,
       entry.clause, entry.at, entry.is_sealed, entry.commitment, detail.salt, detail.text,
       leaf.hash, pending.entry_id IS NOT NULL, erasure.entry_id IS NOT NULL
  FROM ledger_entry entry
  LEFT JOIN ledger_detail detail ON detail.entry_id = entry.number
  LEFT JOIN ledger_leaf leaf ON leaf.entry_id = entry.number
  LEFT JOIN ledger_pending pending ON pending.entry_id = entry.number
  LEFT JOIN ledger_erasure erasure ON erasure.entry_id = entry.number
 WHERE entry.number > %s ORDER BY entry.number LIMIT %s
"""
LEFT_OVER = """
SELECT count(*) FROM ledger_detail detail
 WHERE NOT EXISTS (SELECT FROM ledger_entry entry WHERE entry.number = detail.entry_id)
"""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What a table states and what binds it differ: where, and in which respect."""

    place: str
    says: str


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with everything that stands beside it."""

    number: int
    id: UUID
    actor_id: UUID
    act: str
    subject_type: str
    subject_id: str
    clause: str
    at: datetime
    is_sealed: bool
    commitment: bytes
    salt: bytes | None
    text: str | None
    leaf: bytes | None
    is_waiting: bool
    is_erased: bool


def contradictions(*, origin: str, advance: Callable[[int], object]) -> Iterator[Contradiction]:
    """Find all of them, in one reading of the whole ledger; `advance` hears of entries read."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield from _of_entries(advance)
        yield from _of_tree(origin)


def _of_entries(advance: Callable[[int], object]) -> Iterator[Contradiction]:
    last = 0
    while rows := _rows_after(last):
        for row in rows:
            yield from (Contradiction(f"entry {row.number}", one) for one in findings(row))
        last = rows[-1].number
        advance(len(rows))
    with connection.cursor() as cursor:
        cursor.execute(LEFT_OVER)
        [left_over] = cursor.fetchone()
    if left_over:
        yield Contradiction("details", f"{left_over} belong to no entry: entries were removed")


def _rows_after(number: int) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, [number, PIECE])
        return [Row(*row) for row in cursor.fetchall()]


def findings(row: Row) -> Iterator[str]:
    """Compare the columns with the text, that with its commitment, and this with its leaf."""
    bound = bytes(row.commitment)
    if row.leaf is not None and bytes(row.leaf) != leaf_hash(bound):
        yield "the commitment is not the one of its leaf"
    if row.leaf is None and not row.is_waiting:
        yield "it has no place in the tree and does not wait for one"
    if row.leaf is not None and row.is_waiting:
        yield "it has a place in the tree and waits for one"
    if row.text is None or row.salt is None:
        if not row.is_erased:
            yield "its details are missing, and no erasure was recorded"
        return
    if commitment(bytes(row.salt), row.text) != bound:
        yield "the details are not those that were committed to"
    stated = json.loads(row.text)
    for column, value in _columns(row).items():
        if stated.get(column) != value:
            yield f"{column} is {value!r} and was recorded as {stated.get(column)!r}"
    if row.is_sealed != (stated.get("details", {}).get("sealed") == "yes"):
        yield "whether it is closed to others is not what was recorded"


def _columns(row: Row) -> dict[str, str]:
    return {
        "id": str(row.id),
        "actor": str(row.actor_id),
        "act": row.act,
        "subject_type": row.subject_type,
        "subject_id": row.subject_id,
        "clause": row.clause,
        "at": instant_text(row.at),
    }


def _of_tree(origin: str) -> Iterator[Contradiction]:
    keys = [VerifierKey.parse(one.verifier_key) for one in LogKey.objects.all()]
    growing, expected = Growing(0, stored_hashes), 0
    for checkpoint in Checkpoint.objects.order_by("size").iterator():
        place = f"checkpoint {checkpoint.size}"
        for start in range(growing.size, checkpoint.size, PIECE):
            stop = min(start + PIECE, checkpoint.size)
            leaves = stored_hashes(0, start, stop)
            if len(leaves) != stop - start:
                yield Contradiction(place, f"leaves are missing between {start} and {stop - 1}")
                return
            completed = growing.extend(leaves)
            expected += len(completed)
            yield from _of_subtrees(completed)
        if growing.root() != bytes(checkpoint.root):
            yield Contradiction(place, "the leaves up to it do not give its root")
        yield from (Contradiction(place, one) for one in _of_note(checkpoint, origin, keys))
    if Subtree.objects.count() != expected:
        yield Contradiction("subtrees", f"there are not {expected}, as the leaves give")


def _of_subtrees(completed: list[tuple[int, int, bytes]]) -> Iterator[Contradiction]:
    for level, index, root in completed:
        if stored_hashes(level, index, index + 1) != [root]:
            yield Contradiction(f"subtree {level}/{index}", "its leaves do not give its root")


def _of_note(checkpoint: Checkpoint, origin: str, keys: list[VerifierKey]) -> Iterator[str]:
    try:
        note = Note.parse(checkpoint.note)
        head = Head.parse(note.body)
    except Wrong as wrong:
        yield f"its note cannot be read: {wrong}"
        return
    if (head.origin, head.size, head.root) != (origin, checkpoint.size, bytes(checkpoint.root)):
        yield "its note states another tree"
    if not any(signed_by(note, key) for key in keys):
        yield "no key of the log signed its note"

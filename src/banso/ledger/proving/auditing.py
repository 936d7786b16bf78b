"""Everything that the ledger's tables state, against what was committed to and signed.

The database's owner can change any table. What they cannot do is to change a signed root, or to
find another text for a commitment; so each column, place, subtree and checkpoint is computed
again from what binds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from banso.ledger.commitments import SALT_BYTES, commitment, filler_commitment, instant_text
from banso.ledger.models import Checkpoint, Leaf, LogKey, Subtree
from banso.ledger.queries import stored_hashes
from banso.ledger.record import SEALED
from banso.ledger.tree import Growing
from banso.ledger.verify import (
    ENTRY,
    Note,
    VerifierKey,
    Wrong,
    fields,
    leaf_hash,
    parse_json,
    signed_by,
)
from banso.ledger.verify import Checkpoint as Head

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
# What belongs to an entry without a constraint: rows of these tables that belong to none.
LEFT_OVER = """
SELECT count(*) FROM {} part
 WHERE NOT EXISTS (SELECT FROM ledger_entry entry WHERE entry.number = part.entry_id)
"""
FILLERS = """
SELECT index, hash, filler FROM ledger_leaf WHERE entry_id IS NULL AND index > %s
 ORDER BY index LIMIT %s
"""
ERASURES = """
SELECT by.number, detail.text, count(*), bool_and(erasure.erased_at = by.at)
  FROM ledger_erasure erasure
  JOIN ledger_entry by ON by.number = erasure.erased_by_id
  LEFT JOIN ledger_detail detail ON detail.entry_id = by.number
 GROUP BY by.number, detail.text ORDER BY by.number
"""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What a table states and what binds it differ: where, and in which respect."""

    place: str
    says: str


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with everything that is kept beside it."""

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
        yield from _of_erasures()
        yield from _of_fillers()
        yield from _of_tree(origin)


def _of_entries(advance: Callable[[int], object]) -> Iterator[Contradiction]:
    last = 0
    while rows := _rows_after(last):
        for row in rows:
            yield from (Contradiction(f"entry {row.number}", one) for one in findings(row))
        last = rows[-1].number
        advance(len(rows))
    for table in ("ledger_detail", "ledger_pending"):
        with connection.cursor() as cursor:
            cursor.execute(LEFT_OVER.format(table))
            [left_over] = cursor.fetchone()
        if left_over:
            yield Contradiction(table, f"{left_over} belong to no entry: entries were removed")


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
    if row.is_erased:
        yield "its details are there, and their erasure was recorded"
    salt = bytes(row.salt)
    if len(salt) != SALT_BYTES or commitment(salt, row.text) != bound:
        yield "the details are not those that were committed to"
    yield from _differences(row, row.text)


def _differences(row: Row, text: str) -> Iterator[str]:
    try:
        stated = fields(parse_json(text), ENTRY)
    except Wrong as wrong:
        yield f"the details cannot be read: {wrong}"
        return
    for column, value in _columns(row).items():
        said = instant_text(stated[column]) if column == "at" else stated[column]
        if said != value:
            yield f"{column} is {value!r} and was recorded as {said!r}"
    # Entries of before do not say whether they are closed.
    if stated["details"].get(SEALED) == ("no" if row.is_sealed else "yes"):
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


def _of_fillers() -> Iterator[Contradiction]:
    """Ask each leaf without an entry to show that it never had one; else one was taken out."""
    last = -1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(FILLERS, [last, PIECE])
            rows = cursor.fetchall()
        for index, leaf, seed in rows:
            if seed is None or len(seed) != SALT_BYTES:
                yield Contradiction(f"leaf {index}", "its entry is missing")
            elif bytes(leaf) != leaf_hash(filler_commitment(bytes(seed))):
                yield Contradiction(f"leaf {index}", "it is not one that stands for nothing")
        if not rows:
            return
        last = rows[-1][0]


def _of_erasures() -> Iterator[Contradiction]:
    """Compare what is erased with what each act of erasing says: how many, and when."""
    with connection.cursor() as cursor:
        cursor.execute(ERASURES)
        acts = cursor.fetchall()
    for number, text, count, is_of_its_instant in acts:
        if text is None:
            yield Contradiction(f"entry {number}", "it erased others, and its details are missing")
            continue
        stated = parse_json(text)["details"].get("entries")
        if stated != count:
            yield Contradiction(f"entry {number}", f"it erased {stated}, and {count} name it")
        if not is_of_its_instant:
            yield Contradiction(f"entry {number}", "an erasure has another instant than its act")


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
    surplus = Leaf.objects.filter(index__gte=growing.size).count()
    if surplus:
        yield Contradiction("leaves", f"{surplus} stand behind the last checkpoint, unsigned")
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

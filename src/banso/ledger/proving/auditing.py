"""Everything that the ledger's tables state, against what was committed to and signed.

The database's owner can change any table. What they cannot do is to change a signed root, or to
find another text for a commitment; so each column, place, subtree and checkpoint is computed
again from what binds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from banso.ledger.commitments import SALT_BYTES, filler_commitment
from banso.ledger.models import Checkpoint, Cosignature, Leaf, LogKey, Subtree
from banso.ledger.proving.entries import ENTRIES, Row, findings
from banso.ledger.queries import stored_hashes
from banso.ledger.tree import Growing
from banso.ledger.verify import Checkpoint as Head
from banso.ledger.verify import (
    Note,
    VerifierKey,
    Wrong,
    cosigned_at,
    leaf_hash,
    parse_json,
    signed_by,
    successor_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PIECE: Final = 5000

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
class Remembered:
    """The tree that the worker signed last, by its own memory outside the database."""

    size: int
    root: bytes


def contradictions(
    *, origin: str, remembered: Remembered | None, advance: Callable[[int], object]
) -> Iterator[Contradiction]:
    """Find all of them, in one reading of the whole ledger; `advance` hears of entries read.

    Whoever owns the database can write a whole history anew and sign it with a key of their own:
    only what lies outside tells, so the worker's memory is asked, if it was read before this.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield from _of_entries(advance)
        yield from _of_erasures()
        yield from _of_fillers()
        yield from _of_keys()
        yield from _of_tree(origin, remembered)
        yield from _of_cosignatures()


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


def _of_keys() -> Iterator[Contradiction]:
    """Ask of each key but the first that the one before it named it."""
    for before, one in pairwise(LogKey.objects.order_by("pk")):
        if not _is_named(one, before):
            yield Contradiction(f"key {one.verifier_key}", "the key before it did not name it")


def _is_named(key: LogKey, before: LogKey) -> bool:
    try:
        named = successor_in(Note.parse(key.succession), VerifierKey.parse(before.verifier_key))
        return named == VerifierKey.parse(key.verifier_key)
    except Wrong:
        return False


def _of_cosignatures() -> Iterator[Contradiction]:
    """Ask of each witness's line that it signs our checkpoint, at the instant that we state."""
    for one in Cosignature.objects.select_related("witness", "checkpoint").order_by("pk"):
        try:
            note = Note.parse(one.checkpoint.note + one.line)
            at = cosigned_at(note, VerifierKey.parse(one.witness.verifier_key))
        except Wrong:
            at = None
        if at is None or at != one.at:
            place = f"cosignature of {one.witness.name} under checkpoint {one.checkpoint_id}"
            yield Contradiction(place, "the witness did not sign this, or at another instant")


def _of_tree(origin: str, remembered: Remembered | None) -> Iterator[Contradiction]:
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
        if remembered and remembered.size == checkpoint.size:
            if remembered.root != growing.root():
                yield Contradiction(place, "the worker remembers that it signed another root")
            remembered = None
    if remembered:
        says = (
            f"the worker remembers that it signed {remembered.size} leaves, and none is of these"
        )
        yield Contradiction("checkpoints", says)
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

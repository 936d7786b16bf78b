"""Reading the ledger: checkpoints, proofs, tiles, and a person's own entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

from banso.ledger.models import Checkpoint, Cosignature, Entry, Leaf, LogKey, Pending, Witness
from banso.ledger.tree import StoredTree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

TILE_LEVELS: Final = 8
TILE_WIDTH: Final = 2**TILE_LEVELS
# A bundle reads its leaves in pieces of this many, so that memory does not grow with the log.
PIECE = 5000

READ_LEAVES = "SELECT hash FROM ledger_leaf WHERE index >= %s AND index < %s ORDER BY index"
READ_SUBTREES = """
SELECT hash FROM ledger_subtree
 WHERE level = %s AND index >= %s AND index < %s ORDER BY index
"""


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint with every signature under it, the log's and its witnesses'."""

    size: int
    root: bytes
    signed_at: datetime
    note: str
    cosignatures: tuple[Cosignature, ...]


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Where a leaf is in the tree of one size, and the hashes that show it."""

    index: int
    size: int
    hashes: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Backlog:
    """The entries that have no place yet: how many, and since when the first of them waits."""

    waiting: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry with what opens it; an erased one has neither salt nor text."""

    entry: Entry
    salt: bytes | None
    text: str | None
    index: int | None
    erased_at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One leaf as a reader may see it: opened, sealed to them, or erased."""

    index: int
    leaf: bytes
    salt: bytes | None
    text: str | None
    erased_at: datetime | None


def stored_hashes(level: int, start: int, stop: int) -> list[bytes]:
    """Read roots of complete subtrees of 2**level leaves: level 0, 8, 16 and so on."""
    with connection.cursor() as cursor:
        if level == 0:
            cursor.execute(READ_LEAVES, [start, stop])
        else:
            cursor.execute(READ_SUBTREES, [level, start, stop])
        return [bytes(hash_) for [hash_] in cursor.fetchall()]


def latest_checkpoint() -> SignedCheckpoint | None:
    """Give the last checkpoint that was signed; a log without entries has none."""
    last = Checkpoint.objects.order_by("-size").first()
    return _with_cosignatures(last) if last else None


def checkpoint_at(size: int) -> SignedCheckpoint:
    """Give the checkpoint of exactly that size; sizes between two batches have none."""
    return _with_cosignatures(Checkpoint.objects.get(size=size))


def checkpoints() -> QuerySet[Checkpoint]:
    """List every checkpoint that was signed, the smallest first."""
    return Checkpoint.objects.order_by("size")


def latest_witnessed() -> SignedCheckpoint | None:
    """Give the largest checkpoint that a witness has signed."""
    last = Checkpoint.objects.filter(cosignatures__isnull=False).order_by("-size").first()
    return _with_cosignatures(last) if last else None


def _with_cosignatures(checkpoint: Checkpoint) -> SignedCheckpoint:
    cosignatures = tuple(checkpoint.cosignatures.select_related("witness").order_by("witness_id"))
    return SignedCheckpoint(
        size=checkpoint.size,
        root=bytes(checkpoint.root),
        signed_at=checkpoint.signed_at,
        note=checkpoint.note + "".join(one.line for one in cosignatures),
        cosignatures=cosignatures,
    )


def inclusion_of(leaf: bytes, size: int) -> Inclusion | None:
    """Prove that the leaf is in the tree of that size; None when it is not in it."""
    index = Leaf.objects.filter(hash=leaf, index__lt=size).values_list("index", flat=True).first()
    if index is None:
        return None
    return Inclusion(index, size, tuple(StoredTree(stored_hashes).inclusion(index, size)))


def consistency_of(first: int, second: int) -> tuple[bytes, ...]:
    """Prove that the tree of one size begins with the tree of a smaller one."""
    return tuple(StoredTree(stored_hashes).consistency(first, second))


def tile(level: int, index: int, width: int) -> bytes | None:
    """Give a tile of the C2SP tiled log: `width` hashes of a level; None when it is not full."""
    start = index * TILE_WIDTH
    hashes = stored_hashes(level * TILE_LEVELS, start, start + width)
    return b"".join(hashes) if len(hashes) == width else None


def backlog() -> Backlog:
    """Tell how many entries wait for their place."""
    waiting = Pending.objects.count()
    oldest = Pending.objects.order_by("pk").values_list("entry__at", flat=True).first()
    return Backlog(waiting, oldest)


def log_keys() -> QuerySet[LogKey]:
    """List the keys that have signed, the newest first."""
    return LogKey.objects.order_by("-pk")


def witnesses() -> QuerySet[Witness]:
    """List the organisations that check our checkpoints."""
    return Witness.objects.order_by("pk")


def own_entries(*records: UUID) -> QuerySet[Entry]:
    """List what the person did, under whichever of their records, latest first."""
    return Entry.objects.of_person(*records).select_related("leaf").order_by("-number")


def own_entry(entry_id: UUID, *records: UUID) -> Opened:
    """Open one entry of the person's own; another's does not exist for them (C5)."""
    entry = (
        Entry.objects.of_person(*records)
        .select_related("detail", "leaf", "erasure")
        .get(id=entry_id)
    )
    detail, leaf, erasure = (getattr(entry, name, None) for name in ("detail", "leaf", "erasure"))
    return Opened(
        entry=entry,
        salt=bytes(detail.salt) if detail else None,
        text=detail.text if detail else None,
        index=leaf.index if leaf else None,
        erased_at=erasure.erased_at if erasure else None,
    )


def lines(size: int, person_id: UUID, *, is_auditor: bool) -> Iterator[Line]:
    """Read the leaves of a tree in order, each opened as far as this reader may open it (C5)."""
    opened = Entry.objects.opened_to(person_id, is_auditor=is_auditor)
    for start in range(0, size, PIECE):
        leaves = Leaf.objects.filter(index__gte=start, index__lt=min(start + PIECE, size))
        # Of an entry that is closed to its reader, not even an erasure is told: what was erased
        # at one instant is one person's, sealed acts too (C5).
        contents = {
            number: (salt, text, erased_at)
            for number, salt, text, erased_at in opened.filter(leaf__in=leaves).values_list(
                "number", "detail__salt", "detail__text", "erasure__erased_at"
            )
        }
        rows = leaves.order_by("index").values_list("index", "hash", "entry_id")
        for index, leaf, number in rows:
            salt, text, erased_at = contents.get(number, (None, None, None))
            yield Line(index, bytes(leaf), bytes(salt) if salt else None, text, erased_at)

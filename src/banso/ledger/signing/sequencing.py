"""The sequencer: gives committed entries their places in the tree, and signs what it has grown.

A run is one transaction, so a killed one leaves nothing: leaves, stored subtrees, checkpoint
and the end of the wait are kept together or not at all. Writers are never made to wait.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from banso.ledger import clock, verify
from banso.ledger.commitments import SALT_BYTES, filler_commitment
from banso.ledger.models import Checkpoint, Pending
from banso.ledger.queries import stored_hashes
from banso.ledger.signing.pace import LARGEST_BURST, drawn_crowd, growth_at, tick_of
from banso.ledger.tree import STORED_EVERY, TILE, Growing, StoredTree
from banso.ledger.verify import Frontier, leaf_hash

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from banso.ledger.signing.keys import Keyring

# How many entries one transaction places: a tenth of a second of work.
BATCH = 4096
# Locks by number are the server's; this one is the sequencer's, whichever process it runs in.
SEQUENCING = 0x6C656467657201
LAST_SIGNED = "last-signed.json"

PLACE_LEAVES = """
INSERT INTO ledger_leaf (index, entry_id, filler, hash)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[], %s::bytea[])
"""
KEEP_SUBTREES = """
INSERT INTO ledger_subtree (level, index, hash)
SELECT * FROM unnest(%s::smallint[], %s::bigint[], %s::bytea[])
"""
END_WAIT = "DELETE FROM ledger_pending WHERE entry_id = ANY(%s)"


class LogChanged(Exception):  # noqa: N818 - named for what was found
    """The tree in the database is not the one that was signed; nothing more is signed."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A tree that was signed: how many leaves, and its root."""

    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """What comes into the tree: an entry's number, or the seed of a filler."""

    entry: int | None
    seed: bytes | None
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Sequencer:
    """One worker's sequencer: its keys, and its own memory of what it signed last."""

    keyring: Keyring

    def run(self) -> int:
        """Place everything that waits, batch by batch, and tell how many entries that were."""
        placed = 0
        while batch := self.place_batch():
            placed += batch
        return placed

    def place_batch(self) -> int:
        """Place one batch in one transaction; 0 when nothing waits or another worker does it."""
        with transaction.atomic(durable=True):
            if not _lock():
                return 0
            waiting = _waiting(BATCH)
            if not waiting:
                return 0
            signed = self._grow(waiting)
        self._remember(signed)
        return len(waiting)

    def beat(self, *, crowd: int | None = None) -> int:
        """Grow the tree as the pace of this tick has it, and tell how many entries got a place.

        A tick that another worker has used already, or that has no growth, changes nothing.
        """
        with transaction.atomic(durable=True):
            if not _lock():
                return 0
            at = clock.read_clock()
            waiting = _waiting(LARGEST_BURST, entry__is_sealed=False)
            sealed = _waiting(LARGEST_BURST, entry__is_sealed=True)
            crowd = drawn_crowd() if crowd is None else crowd
            growth = growth_at(tick_of(at), len(waiting), len(sealed), crowd=crowd)
            last = Checkpoint.objects.order_by("-size").first()
            if not growth.leaves or (last and tick_of(last.signed_at) >= tick_of(at)):
                return 0
            placed = waiting[: growth.entries] + sealed[: growth.sealed]
            signed = self._grow(placed, growth.leaves)
        self._remember(signed)
        return len(placed)

    def _grow(self, waiting: Sequence[tuple[int, bytes]], places: int = 0) -> Signed:
        last = Checkpoint.objects.order_by("-size").first()
        size = last.size if last else 0
        self._require_unchanged(size)
        self._require_kept(size)
        placed = [Place(number, None, leaf_hash(bound)) for number, bound in waiting]
        placed += [filler() for _ in range(places - len(placed))]
        if places:
            secrets.SystemRandom().shuffle(placed)
        leaves = [place.leaf for place in placed]
        growing = Growing(size, stored_hashes)
        subtrees = growing.extend(leaves)
        numbers = [number for number, _ in waiting]
        grown = Signed(size + len(leaves), growing.root())
        with connection.cursor() as cursor:
            entries, seeds = [one.entry for one in placed], [one.seed for one in placed]
            cursor.execute(PLACE_LEAVES, [[*range(size, grown.size)], entries, seeds, leaves])
            if subtrees:
                cursor.execute(
                    KEEP_SUBTREES, [list(column) for column in zip(*subtrees, strict=True)]
                )
            cursor.execute(END_WAIT, [numbers])
        sign(grown, self.keyring, at=clock.read_clock())
        return grown

    def _require_unchanged(self, size: int) -> None:
        """Refuse to sign a tree that does not contain the one signed last.

        A database that was put back to an earlier state, or whose leaves were changed, would
        make us sign a second history; whoever holds an earlier checkpoint could prove that.
        """
        last = self.last_signed()
        if last is None:
            return
        if size < last.size or StoredTree(stored_hashes).root(last.size) != last.root:
            raise LogChanged(
                f"The tree has {size} leaves and is not a continuation of the one with "
                f"{last.size} that was signed last (root {last.root.hex()}). Nothing was signed. "
                f"If the database was restored from a backup, the entries since then are lost "
                f"from it: begin a new log under another name, and tell the witnesses."
            )

    def _require_kept(self, size: int) -> None:
        """Refuse to sign past a finished tile whose leaves are no longer those of its root.

        Each growth looks at one tile of 256 leaves, in turn, so that all of them are walked again
        and again at a small and constant cost; `banso ledger audit` looks at all at once.
        """
        tiles = size // TILE
        if not tiles:
            return
        tile = secrets.randbelow(tiles)
        leaves = stored_hashes(0, tile * TILE, (tile + 1) * TILE)
        if len(leaves) != TILE or stored_hashes(STORED_EVERY, tile, tile + 1) != [root_of(leaves)]:
            raise LogChanged(
                f"The leaves {tile * TILE} to {(tile + 1) * TILE - 1} are not those that were "
                f"signed. Nothing was signed. Run `banso ledger audit` to see what was changed."
            )

    def last_signed(self) -> Signed | None:
        """Read this worker's own memory."""
        return signed_last(self.keyring.folder)

    def _remember(self, signed: Signed) -> None:
        path = self.keyring.folder / LAST_SIGNED
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps({"size": signed.size, "root": signed.root.hex()}))
        draft.replace(path)


def signed_last(folder: Path) -> Signed | None:
    """Read a worker's own memory, which lies beside the keys and outside the database."""
    try:
        kept = json.loads((folder / LAST_SIGNED).read_text())
    except FileNotFoundError:
        return None
    return Signed(kept["size"], bytes.fromhex(kept["root"]))


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Compute the root of a tree of these leaves."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def filler() -> Place:
    """Make a leaf that stands for nothing: nobody can tell it from one whose entry is closed."""
    seed = secrets.token_bytes(SALT_BYTES)
    return Place(None, seed, leaf_hash(filler_commitment(seed)))


def sign(tree: Signed, keyring: Keyring, *, at: datetime) -> Checkpoint:
    """Keep the checkpoint of a tree, signed with every key that signs at this instant."""
    first, *others = keyring.signers(at)
    body = verify.Checkpoint(keyring.origin, tree.size, tree.root).body
    return Checkpoint.objects.create(
        size=tree.size, root=tree.root, signed_at=at, note=first.sign_note(body, *others)
    )


def _lock() -> bool:
    """Be the one sequencer until the transaction ends; what it then reads is all committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEQUENCING])
        [is_ours] = cursor.fetchone()
    return bool(is_ours)


def _waiting(limit: int, **kind: bool) -> list[tuple[int, bytes]]:
    """Read what waits: committed entries without a place, however late they were committed."""
    rows = (
        Pending.objects.filter(**kind)
        .order_by("pk")
        .values_list("pk", "entry__commitment")[:limit]
    )
    return [(number, bytes(commitment)) for number, commitment in rows]

"""The short form of `banso ledger audit`: the newest entries, parts drawn at random, the root."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from banso.ledger.proving.entries import ENTRIES, Row, findings
from banso.ledger.tree import STORED_EVERY, TILE, StoredTree
from banso.ledger.verify import Checkpoint, Frontier, Note, VerifierKey, Wrong, signed_by
from banso.site.doctor.findings import Finding, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    Connection = psycopg.Connection[Any]

NEWEST = 1_000
TILES = 16
WORST = 5
LAST_ENTRY = "SELECT coalesce(max(number), 0) FROM ledger_entry"
HASHES = "SELECT hash FROM ledger_leaf WHERE index >= %s AND index < %s ORDER BY index"
SUBTREES = """
SELECT hash FROM ledger_subtree WHERE level = %s AND index >= %s AND index < %s ORDER BY index
"""
LAST_CHECKPOINT = "SELECT size, root, note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1"
KEYS = "SELECT verifier_key FROM ledger_logkey"
MEND = (
    "Run `banso ledger audit` for all of it, keep the database as it is for evidence, and look "
    "in a backup for what was there."
)


def check_signed(connection: Connection) -> list[Finding]:
    """Compare a part of the ledger's tables with what was committed to and signed."""
    found = [*_newest(connection), *_tiles(connection), *_root(connection)]
    shown = [(f"{one}.", MEND) for one in found[:WORST]]
    if len(found) > WORST:
        shown.append((f"{len(found) - WORST} more contradictions of this kind were found.", MEND))
    good = f"The newest {NEWEST} entries, {TILES} parts of the tree and its root are as signed."
    return judge("ledger audit", good, shown)


def _newest(connection: Connection) -> Iterator[str]:
    [last] = connection.execute(LAST_ENTRY).fetchone() or [0]
    for columns in connection.execute(ENTRIES, [last - NEWEST, NEWEST]).fetchall():
        row = Row(*columns)
        yield from (f"Entry {row.number}: {one}" for one in findings(row))


def _tiles(connection: Connection) -> Iterator[str]:
    """Build some finished parts of the tree anew from their leaves."""
    [size] = (connection.execute(LAST_CHECKPOINT).fetchone() or [0])[:1]
    finished = size // TILE
    for tile in sorted(random.sample(range(finished), min(TILES, finished))):
        leaves = _read(connection, 0, tile * TILE, (tile + 1) * TILE)
        stored = _read(connection, STORED_EVERY, tile, tile + 1)
        if len(leaves) != TILE or [_root_of(leaves)] != stored:
            yield f"The {TILE} leaves from {tile * TILE} are not those of their part of the tree"


def _root(connection: Connection) -> Iterator[str]:
    checkpoint = connection.execute(LAST_CHECKPOINT).fetchone()
    if checkpoint is None:
        return
    size, signed, text = checkpoint
    tree = StoredTree(lambda level, start, stop: _read(connection, level, start, stop))
    try:
        note = Note.parse(text)
        head = Checkpoint.parse(note.body)
        is_its_root = (head.size, head.root) == (size, signed) and tree.root(size) == signed
    except (Wrong, IndexError):
        yield f"The checkpoint of {size} leaves cannot be read, or leaves of it are missing"
        return
    if not is_its_root:
        yield f"The leaves do not give the root that was signed for {size} of them"
    keys = [VerifierKey.parse(text) for (text,) in connection.execute(KEYS)]
    if not any(signed_by(note, key) for key in keys):
        yield f"No key of the ledger signed the checkpoint of {size} leaves"


def _root_of(leaves: list[bytes]) -> bytes:
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def _read(connection: Connection, level: int, start: int, stop: int) -> list[bytes]:
    if level == 0:
        rows = connection.execute(HASHES, [start, stop]).fetchall()
    else:
        rows = connection.execute(SUBTREES, [level, start, stop]).fetchall()
    return [hash_ for (hash_,) in rows]

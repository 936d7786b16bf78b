"""What a restored site is asked before it is handed over: its ledger, its files, its keys."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from psycopg import sql

from banso.ledger.verify import Frontier, Note, VerifierKey, leaf_hash, signed_by
from banso.site.backups.errors import BackupRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import psycopg

    from banso.site.backups.copying import Bytes

NAMING = """
SELECT table_name FROM information_schema.columns
 WHERE table_schema = 'public' AND column_name IN ('sha256', 'size')
 GROUP BY table_name HAVING count(*) = 2
"""
LEAVES = """
SELECT index, leaf.hash, leaf.entry_id IS NULL, commitment, salt, text FROM ledger_leaf leaf
  LEFT JOIN ledger_entry ON number = leaf.entry_id LEFT JOIN ledger_detail detail USING (entry_id)
 ORDER BY index
"""
CHECKPOINTS = "SELECT size, root, note FROM ledger_checkpoint ORDER BY size"
KEYS = "SELECT verifier_key FROM ledger_logkey ORDER BY id DESC"
SEALED = """
SELECT council_id::text, count(*) FROM protected_itemversion
  JOIN protected_protecteditem item ON item.id = item_id GROUP BY council_id ORDER BY council_id
"""

OR_WITHOUT = (
    ". If none has them, restore with --without-lost-files: their pages then say that they are "
    "damaged."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a restored site holds, and what it cannot read or do without files from elsewhere."""

    entries: int = 0
    checkpoint: int = 0
    named_files: int = 0
    unnamed_files: list[str] = field(default_factory=list)
    lost_files: list[str] = field(default_factory=list)
    missing_keys: dict[str, str] = field(default_factory=dict)


def check(
    connection: psycopg.Connection[Any],
    files: Mapping[str, Bytes],
    *,
    expected: Mapping[str, Any] | None,
    keys: Path,
    may_lack: bool = False,
) -> Found:
    """Refuse a site whose ledger or files are not what was backed up; tell the rest.

    A site that `may_lack` files is not refused for those that no backup has any more.
    """
    entries, size = check_ledger(connection, expected)
    named = named_files(connection)
    lost = sorted(
        one for one, count in named.items() if one not in files or files[one][0] != count
    )
    if lost and not may_lack:
        raise BackupRefused(
            f"The database names {len(lost)} files that the backup does not hold, the first of "
            f"them {lost[0]}. Nothing was restored; choose another backup{OR_WITHOUT}"
        )
    return Found(
        entries=entries,
        checkpoint=size,
        named_files=len(named),
        unnamed_files=sorted(set(files) - set(named)),
        lost_files=lost,
        missing_keys=missing_keys(connection, keys),
    )


def named_files(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Read every file that a row names: tables that keep SHA-256 and size, and receipts."""
    tables = [name for (name,) in connection.execute(NAMING).fetchall()]
    queries: list[sql.Composed] = [
        sql.SQL("SELECT sha256, size FROM {}").format(sql.Identifier(name)) for name in tables
    ]
    if _has(connection, "proposals_receipt"):
        receipts = "SELECT one->>'sha256', (one->>'size')::bigint FROM proposals_receipt, "
        queries.append(sql.Composed([sql.SQL(receipts + "jsonb_array_elements(files) one")]))
    return dict(row for query in queries for row in connection.execute(query).fetchall())


def check_ledger(
    connection: psycopg.Connection[Any], expected: Mapping[str, Any] | None
) -> tuple[int, int]:
    """Build the tree anew from what the entries bind, and hold each checkpoint against it."""
    if not _has(connection, "ledger_leaf"):
        return 0, 0
    keys = [VerifierKey.parse(text) for (text,) in connection.execute(KEYS).fetchall()]
    due = {size: (bytes(root), note) for size, root, note in connection.execute(CHECKPOINTS)}
    frontier, count, entries = Frontier(), 0, 0
    for index, leaf, is_filler, commitment, salt, text in connection.execute(LEAVES):
        is_bound = salt is None or hashlib.sha256(salt + text.encode()).digest() == commitment
        is_its_own = is_filler or (leaf == leaf_hash(commitment) and is_bound)
        if index != count or not is_its_own:
            raise _wrong_ledger(f"the entry of leaf {index} is not what was signed")
        entries += not is_filler
        frontier.append(leaf)
        count += 1
        if count in due and frontier.root() != due[count][0]:
            raise _wrong_ledger(f"the checkpoint of {count} leaves has another root")
    if due and max(due) > count:
        raise _wrong_ledger(f"{count} leaves are here, and {max(due)} were signed")
    if due and not any(signed_by(Note.parse(due[max(due)][1]), key) for key in keys):
        raise _wrong_ledger("its last checkpoint is not signed by its key")
    if expected and (
        expected["size"] not in due or due[expected["size"]][0].hex() != expected["root"]
    ):
        raise _wrong_ledger(f"the checkpoint of {expected['size']} leaves is not in it")
    return entries, max(due, default=0)


def missing_keys(connection: psycopg.Connection[Any], keys: Path) -> dict[str, str]:
    """Name each key file that is not here, with what stops without it."""
    missing = {}
    if _has(connection, "protected_itemversion"):
        for council, count in connection.execute(SEALED).fetchall():
            if not (keys / f"{council}.key").exists():
                missing[f"keys/{council}.key"] = f"{count} sealed contents cannot be read"
    if _has(connection, "ledger_logkey"):
        for (text,) in connection.execute(KEYS + " LIMIT 1").fetchall():
            name = f"{text.split('+')[1]}.key"
            if not (keys / "ledger" / name).exists():
                missing[f"keys/ledger/{name}"] = "the ledger cannot be signed on"
    return missing


def _has(connection: psycopg.Connection[Any], table: str) -> bool:
    row = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [table]).fetchone()
    return row == (True,)


def _wrong_ledger(what: str) -> BackupRefused:
    return BackupRefused(
        f"The ledger in the backup does not verify: {what}. Nothing was restored; choose another "
        f"backup, and keep this one as evidence."
    )

"""One entry with all that its tables state of it, against what binds it; without Django."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from banso.ledger.commitments import SALT_BYTES, SEALED, commitment, instant_text
from banso.ledger.verify import ENTRY, Wrong, fields, leaf_hash, parse_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

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

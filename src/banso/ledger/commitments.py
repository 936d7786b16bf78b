"""Salted commitments: what an entry binds itself to without showing it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Mapping

SALT_BYTES = 32
# Under this name the details say whether the entry is closed to others.
SEALED = "sealed"
_FILLER = b"banso: this leaf stands for nothing\n"


def instant_text(at: datetime) -> str:
    """Write an instant in the one form that commitments use: UTC, microseconds, Z.

    >>> instant_text(datetime(2027, 5, 31, 3, tzinfo=UTC))
    '2027-05-31T03:00:00.000000Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical_json(facts: Mapping[str, object]) -> str:
    """Write facts so that equal facts give equal bytes: sorted keys, no spaces, no floats.

    >>> canonical_json({"b": 1, "a": None})
    '{"a":null,"b":1}'
    """
    return json.dumps(
        _plain(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return _plain_single(value)


def _plain_single(value: object) -> str | int | None:
    match value:
        case None | str() | int():
            return value
        case datetime():
            return instant_text(value)
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case bytes():
            return value.hex()
        case _:
            raise TypeError(
                f"a ledger detail is text, a whole number, a date, an id or a list, not {value!r}"
            )


def commitment(salt: bytes, text: str) -> bytes:
    """Bind an entry to its text: SHA-256 over the salt followed by the UTF-8 text."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hashlib.sha256(salt + text.encode()).digest()


def filler_commitment(seed: bytes) -> bytes:
    """Bind a leaf to standing for nothing, so that no entry can be passed off as such a leaf.

    What an entry is bound to is longer, so that one commitment can never be opened both ways.
    """
    if len(seed) != SALT_BYTES:
        raise ValueError(f"a filler has {SALT_BYTES} bytes, not {len(seed)}")
    return hashlib.sha256(_FILLER + seed).digest()

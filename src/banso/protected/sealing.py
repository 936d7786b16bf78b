"""Sealing content: each version has a key of its own, which its council's key wraps.

Councils' keys are files outside the database and its backup, so neither a row nor a backup
can be read alone. What is sealed is bound to its council,
item and version, and opens nowhere else.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

if TYPE_CHECKING:
    from uuid import UUID

KEY_BITS: Final = 256
NONCE_BYTES: Final = 12
# A lone surrogate is kept as it came: an encoding error would carry the text.
_ENCODING: Final = ("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the database keeps of a content, unreadable without the council's key."""

    nonce: bytes
    ciphertext: bytes
    wrapped_key: bytes


def seal(council_id: UUID, item_id: UUID, version: int, text: str) -> Sealed:
    """Encrypt a text for one version of one item; the council's key is made on first need."""
    council_key = _read_or_make_key(council_id)
    data_key, nonce = AESGCM.generate_key(KEY_BITS), os.urandom(NONCE_BYTES)
    bound = _bound_to(council_id, item_id, version)
    ciphertext = AESGCM(data_key).encrypt(nonce, text.encode(*_ENCODING), b"content" + bound)
    wrapping_nonce = os.urandom(NONCE_BYTES)
    wrapped = AESGCM(council_key).encrypt(wrapping_nonce, data_key, b"key" + bound)
    return Sealed(nonce=nonce, ciphertext=ciphertext, wrapped_key=wrapping_nonce + wrapped)


def unseal(council_id: UUID, item_id: UUID, version: int, sealed: Sealed) -> str:
    """Decrypt a text; it fails if it was moved to another council, item or version, or changed."""
    council_key = _key_file(council_id).read_bytes()
    bound = _bound_to(council_id, item_id, version)
    wrapping_nonce, wrapped = sealed.wrapped_key[:NONCE_BYTES], sealed.wrapped_key[NONCE_BYTES:]
    data_key = AESGCM(council_key).decrypt(wrapping_nonce, wrapped, b"key" + bound)
    content = AESGCM(data_key).decrypt(sealed.nonce, sealed.ciphertext, b"content" + bound)
    return content.decode(*_ENCODING)


def _bound_to(council_id: UUID, item_id: UUID, version: int) -> bytes:
    return council_id.bytes + item_id.bytes + version.to_bytes(4, "big")


def _key_file(council_id: UUID) -> Path:
    folder: Path = settings.DATA / "keys"
    return folder / f"{council_id}.key"


def _read_or_make_key(council_id: UUID) -> bytes:
    path = _key_file(council_id)
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_key(path)
    return path.read_bytes()


def _make_key(path: Path) -> None:
    """Make the file whole or not at all; of two that make it at once, the first one stays."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".making-", delete=False) as draft:
        draft.write(AESGCM.generate_key(KEY_BITS))
        draft.flush()
        os.fsync(draft.fileno())
    with suppress(FileExistsError):
        path.hardlink_to(draft.name)
    Path(draft.name).unlink()
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

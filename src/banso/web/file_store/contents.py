"""What a stored file is known by, and what can be wrong with it or with its store."""

from __future__ import annotations

import errno
import hashlib
import re
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHUNK_BYTES: Final = 256 * 1024
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class StoredBytes:
    """A stored file: SHA-256 in hexadecimal, and size in bytes."""

    sha256: str
    size: int


class Fault(StrEnum):
    """What can be wrong with one file."""

    MISSING = "missing"
    CHANGED = "changed"


class StoreTrouble(Exception):  # noqa: N818 - a state of the store, not a fault in our code
    """The store cannot do its work now; nothing of what was asked is kept."""


class StoreFull(StoreTrouble):
    """The store has no room for what was to be written."""


class StoreUnavailable(StoreTrouble):
    """The store does not answer, or may not be written."""


class FileDamaged(Exception):  # noqa: N818 - as above
    """A file is gone, or its bytes are no longer those that its name is the hash of."""

    def __init__(self, sha256: str, fault: Fault) -> None:
        super().__init__(f"stored file {sha256} is {fault}")
        self.sha256 = sha256
        self.fault = fault


class FileStore(Protocol):
    """What every place for files can do."""

    def write(self, chunks: Iterable[bytes]) -> StoredBytes:
        """Keep the bytes under their hash, whole and durable before this returns."""
        ...

    def read(self, stored: StoredBytes) -> Iterator[bytes]:
        """Give the bytes that lie under a hash, unverified."""
        ...

    def size_of(self, sha256: str) -> int:
        """Tell the size of what lies under a hash."""
        ...

    def listed(self) -> Iterator[StoredBytes]:
        """List everything that lies in the store, by name and size, unverified."""
        ...

    def probe(self) -> None:
        """Write, sync and remove something small; a `StoreTrouble` says what went wrong."""
        ...


def require_sha256(text: str) -> str:
    """Refuse what is not a SHA-256, so that no name leads out of the store."""
    if not _SHA256.fullmatch(text):
        raise ValueError(f"not a SHA-256: {text!r}")
    return text


def is_sha256(text: str) -> bool:
    """Tell whether a name is one under which a file is kept."""
    return bool(_SHA256.fullmatch(text))


def verified(chunks: Iterable[bytes], stored: StoredBytes) -> Iterator[bytes]:
    """Pass the bytes on, but hold the last ones back until all of them are proven."""
    digest, size, held = hashlib.sha256(), 0, b""
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
        if size > stored.size:
            raise FileDamaged(stored.sha256, Fault.CHANGED)
        if held:
            yield held
        held = chunk
    if size != stored.size or digest.hexdigest() != stored.sha256:
        raise FileDamaged(stored.sha256, Fault.CHANGED)
    if held:
        yield held


@contextmanager
def as_trouble(act: str) -> Iterator[None]:
    """Say of a fault of the operating system whether the store is full or cannot be reached."""
    try:
        yield
    except OSError as error:
        kind = StoreFull if error.errno in _NO_ROOM else StoreUnavailable
        raise kind(f"the file store cannot be {act}: {error.strerror}") from error

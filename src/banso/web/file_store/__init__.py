"""Files by the hash of their bytes: whole and durable before any row names them.

They lie in a folder or in an S3-compatible store, as `BANSO_FILES` says. What is read leaves the
program through `banso.web.downloads` alone.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.utils.module_loading import import_string

from banso.web.file_store.contents import (
    Fault,
    FileDamaged,
    FileStore,
    StoredBytes,
    StoreFull,
    StoreTrouble,
    StoreUnavailable,
    verified,
)
from banso.web.file_store.folder import FolderStore
from banso.web.file_store.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "Fault",
    "FileDamaged",
    "StoreFull",
    "StoreTrouble",
    "StoreUnavailable",
    "StoredBytes",
    "file_store",
    "read_verified",
    "store",
    "trouble",
    "verify",
]


def store(chunks: Iterable[bytes]) -> StoredBytes:
    """Keep the bytes under their hash; storing the same bytes again changes nothing."""
    return file_store().write(chunks)


def verify(sha256: str, size: int) -> bool:
    """Read the file back and tell whether its bytes are still these."""
    try:
        for _chunk in read_verified(StoredBytes(sha256, size)):
            pass
    except FileDamaged:
        return False
    return True


def read_verified(stored: StoredBytes) -> Iterator[bytes]:
    """Read a file to its end; the last bytes come only once all are proven."""
    return verified(file_store().read(stored), stored)


def trouble() -> str | None:
    """Say in a sentence why the store is not well: not writable, or almost full."""
    return _watch_at(_address(), os.getpid()).trouble()


def file_store() -> FileStore:
    """Give the store that the settings name; whoever reads has asked who may first."""
    return _store_at(_address(), os.getpid())


def _address() -> str:
    named: str = settings.FILES
    return named or str(settings.DATA / "files")


@lru_cache(maxsize=8)
def _store_at(address: str, _process: int) -> FileStore:
    """Make the store once a process; an S3 client of a parent process is of no use to a fork."""
    if not address.startswith("s3://"):
        folder = FolderStore(Path(address).absolute())
        folder.remove_leftovers()
        return folder
    # Its client is an extra that an installation with a folder does without.
    s3_store = import_string("banso.web.file_store.s3.S3Store")
    return cast("FileStore", s3_store(address, endpoint=settings.S3_ENDPOINT))


@lru_cache(maxsize=8)
def _watch_at(address: str, process: int) -> Watch:
    return Watch(lambda: _store_at(address, process))

"""Files in a folder of this machine: written aside, synced, and only then given their name."""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from banso.web.file_store.contents import (
    CHUNK_BYTES,
    Fault,
    FileDamaged,
    StoredBytes,
    StoreFull,
    StoreUnavailable,
    as_trouble,
    is_sha256,
    require_sha256,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

DRAFT_PREFIX: Final = ".incoming-"
# Writing touches a draft all the time: one that was not touched for so long has no writer.
DRAFT_LIFE_SECONDS: Final = 3600.0
FULL_SHARE: Final = 0.95


class FolderStore:
    """A folder whose files are named by the hash of their bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, chunks: Iterable[bytes]) -> StoredBytes:
        """Write the bytes beside their place, sync them, and put them there in one step."""
        with as_trouble("written"):
            self._make_folder()
            draft = self.folder / f"{DRAFT_PREFIX}{uuid4().hex}"
            with _gone_if_failed(draft):
                with _written_to(draft) as descriptor:
                    stored = _write_hashed(descriptor, chunks)
                    os.fsync(descriptor)
                draft.replace(self._path(stored.sha256))
            _sync_folder(self.folder)
        return stored

    def read(self, stored: StoredBytes) -> Iterator[bytes]:
        """Read the file in chunks."""
        path = self._path(stored.sha256)
        with as_trouble("read"):
            try:
                file = path.open("rb", buffering=0)
            except FileNotFoundError:
                self._require_folder()
                raise FileDamaged(stored.sha256, Fault.MISSING) from None
            with file:
                while chunk := file.read(CHUNK_BYTES):
                    yield chunk

    def size_of(self, sha256: str) -> int:
        """Ask the file system for the size."""
        with as_trouble("read"):
            try:
                return self._path(sha256).stat().st_size
            except FileNotFoundError:
                self._require_folder()
                raise FileDamaged(sha256, Fault.MISSING) from None

    def listed(self) -> Iterator[StoredBytes]:
        """List the folder's files, but not what is being written."""
        with as_trouble("read"), os.scandir(self.folder) as entries:
            for entry in entries:
                if is_sha256(entry.name):
                    yield StoredBytes(entry.name, entry.stat().st_size)

    def probe(self) -> None:
        """Write a file and remove it, then look how full the volume is."""
        with as_trouble("written"):
            self._make_folder()
            draft = self.folder / f"{DRAFT_PREFIX}{uuid4().hex}"
            with _gone_if_failed(draft):
                with _written_to(draft) as descriptor:
                    _write_hashed(descriptor, [b"probe"])
                    os.fsync(descriptor)
                draft.unlink()
            share = full_share(self.folder)
        if share > FULL_SHARE:
            raise StoreFull(f"the file store's volume is {share:.0%} full")

    def remove_leftovers(self) -> None:
        """Remove the drafts of writers that were killed."""
        oldest = time.time() - DRAFT_LIFE_SECONDS
        with as_trouble("written"):
            for draft in self.folder.glob(f"{DRAFT_PREFIX}*"):
                with suppress(FileNotFoundError):
                    if draft.stat().st_mtime < oldest:
                        draft.unlink()

    def _path(self, sha256: str) -> Path:
        return self.folder / require_sha256(sha256)

    def _make_folder(self) -> None:
        if not self.folder.is_dir():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync_folder(self.folder.parent)

    def _require_folder(self) -> None:
        if not self.folder.is_dir():
            raise StoreUnavailable("the file store cannot be read: its folder is not there")


@contextmanager
def _gone_if_failed(draft: Path) -> Iterator[None]:
    """Leave nothing behind, and let no second fault hide the first."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


@contextmanager
def _written_to(draft: Path) -> Iterator[int]:
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    except BaseException:
        with suppress(OSError):
            os.close(descriptor)
        raise
    os.close(descriptor)


def _write_hashed(descriptor: int, chunks: Iterable[bytes]) -> StoredBytes:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
        rest = memoryview(chunk)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    return StoredBytes(digest.hexdigest(), size)


def full_share(folder: Path) -> float:
    """Tell how much of the volume is used, by room or by names, whichever is less free.

    What is kept back for root counts as used. Some file systems do not count names.
    """
    volume = os.statvfs(folder)
    room = 1 - volume.f_bavail / (volume.f_blocks - volume.f_bfree + volume.f_bavail or 1)
    names = 1 - volume.f_favail / volume.f_files if volume.f_files else 0.0
    return max(room, names)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

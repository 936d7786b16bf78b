"""Files by the hash of their bytes: whole and on disk before any row names them."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterable


FULLEST = 0.95


@dataclass(frozen=True, slots=True)
class StoredBytes:
    """A stored file: SHA-256 in hexadecimal, and size in bytes."""

    sha256: str
    size: int


def store(chunks: Iterable[bytes]) -> StoredBytes:
    """Write the bytes, synced, under their hash; storing the same bytes again changes nothing."""
    folder = _folder()
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".incoming-", delete=False) as draft:
        try:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                draft.write(chunk)
            draft.flush()
            os.fsync(draft.fileno())
        except BaseException:
            Path(draft.name).unlink()
            raise
    stored = StoredBytes(digest.hexdigest(), size)
    Path(draft.name).replace(_path(stored.sha256))
    _sync_folder(folder)
    return stored


def verify(sha256: str, size: int) -> bool:
    """Read the file back and tell whether its bytes are still these."""
    path = _path(sha256)
    if not path.is_file() or path.stat().st_size != size:
        return False
    with path.open("rb") as stored:
        return hashlib.file_digest(stored, "sha256").hexdigest() == sha256


def open_stored(sha256: str) -> BinaryIO:
    """Open a stored file for reading; whoever calls has asked the access predicate first."""
    return _path(sha256).open("rb")


def _folder() -> Path:
    folder: Path = settings.DATA / "files"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _path(sha256: str) -> Path:
    if len(sha256) != hashlib.sha256().digest_size * 2 or not set(sha256) <= set(
        "0123456789abcdef"
    ):
        raise ValueError(f"not a SHA-256: {sha256!r}")
    return _folder() / sha256


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def trouble() -> str | None:
    """Say why files cannot be kept now: nothing can be written, or the volume is nearly full."""
    try:
        with tempfile.TemporaryFile(dir=_folder()) as draft:
            draft.write(b"x")
        used = shutil.disk_usage(_folder())
    except OSError:
        return "the file store cannot be written"
    if used.used > FULLEST * (used.used + used.free):
        return f"the file store's volume is over {FULLEST:.0%} full"
    return None

"""Copying a file while hashing it, so that what was copied is what was verified."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from banso.site.backups.errors import BackupDamaged, BackupRefused

PIECE = 1 << 20


class Bytes(NamedTuple):
    """What a file's bytes are: their number, and SHA-256 in hexadecimal."""

    size: int
    sha256: str


def hash_file(path: Path) -> Bytes:
    """Read a file and tell its bytes."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Bytes(file.tell(), digest)


def copy_hashed(source: Path, target: Path) -> Bytes:
    """Copy a file to a name that is free, and tell its bytes; whoever copies many syncs later."""
    digest, size = hashlib.sha256(), 0
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with source.open("rb") as original, os.fdopen(handle, "wb") as copy:
        while piece := original.read(PIECE):
            digest.update(piece)
            size += len(piece)
            copy.write(piece)
    return Bytes(size, digest.hexdigest())


def write_whole(path: Path, text: str) -> None:
    """Put a small file in place, whole and on disk, readable by its owner alone."""
    draft = path.with_name(f".draft-{path.name}")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(handle)
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Make a file's bytes last; after a first one, others written before it cost little."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Make a folder, and every name and byte below it, last."""
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            sync_file(Path(place, name))
    sync_folder(folder)
    sync_folder(folder.parent)


def copy_verified(source: Path, target: Path, name: str, facts: Bytes) -> None:
    """Copy one file of a backup, unless its bytes are not those that the manifest states."""
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise BackupRefused(f"The manifest names {name}, which leads out of the backup.")
    try:
        copied = copy_hashed(source / name, target / name)
    except FileNotFoundError:
        raise BackupDamaged(
            f"{source / name} is missing from the backup. Nothing was restored; choose another "
            f"backup."
        ) from None
    if copied != facts:
        raise BackupDamaged(
            f"{source / name} is not what was backed up: its bytes changed. Nothing was restored; "
            f"choose another backup."
        )

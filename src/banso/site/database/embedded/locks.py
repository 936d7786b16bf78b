"""Locks on files, which the kernel drops with the process that holds them, however it ends."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class SharedLock:
    """A lock that many processes hold at once.

    Children made by `fork` hold it too: it ends with the last of them, so a web server's
    workers outlive their parent without losing the database.
    """

    def __init__(self, path: Path) -> None:
        self._handle = _open(path)
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    @property
    def is_held(self) -> bool:
        """Whether this process has not released it yet."""
        return self._handle >= 0

    def release(self) -> None:
        """Give our part up; a second call does nothing."""
        # Closing, unlike LOCK_UN, leaves forked children their part.
        if self.is_held:
            os.close(self._handle)
            self._handle = -1


@contextmanager
def exclusively(path: Path) -> Iterator[None]:
    """Wait until nobody else holds the lock, and hold it for the length of the block."""
    handle = _open(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def is_taken(path: Path) -> bool:
    """Tell whether some process holds the lock for itself alone; makes no file."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(handle)


def numbers_in(path: Path) -> list[int]:
    """Read the numbers, one a line, that the holder of a lock wrote into it."""
    try:
        lines = path.read_text().splitlines()
    except FileNotFoundError:
        return []
    return [int(line) for line in lines if line.isdecimal()]


def wait_until_free(path: Path) -> None:
    """Block until the process that holds the lock for itself alone has let it go."""
    handle = _open(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
    finally:
        os.close(handle)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)

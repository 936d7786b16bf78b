"""The files that pages use, collected under names that change with their contents."""

from __future__ import annotations

import fcntl
import hashlib
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = "collected"
LOCK = "static.lock"


def collect_static_files() -> None:
    """Collect them, unless the same files were collected before; one process at a time."""
    with (settings.DATA / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp, found = Path(settings.STATIC_ROOT) / STAMP, _digest()
        if stamp.is_file() and stamp.read_text() == found:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(found)


def _digest() -> str:
    """Sum up which files there are, how long they are, and when they were written."""
    digest = hashlib.sha256(django.__version__.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name)).stat()
            digest.update(f"{name} {file.st_size} {file.st_mtime_ns}\n".encode())
    return digest.hexdigest()

"""Whether the volumes that the embedded server writes to have room for it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from banso.site.database.places import places_of
from banso.site.database.settings import is_external

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# The server stops when it cannot make the next segment of its log, and does not start without.
SEGMENT_BYTES = 16 * 1024 * 1024
FULL_SHARE = 0.95


def full_volumes(data: Path, environ: Mapping[str, str]) -> list[str]:
    """Say which volume of the embedded server is almost full; an external one's are its own."""
    return [
        f"the volume of the database's {name} is {share:.0%} full"
        for name, share, free in _volumes(data, environ)
        if share > FULL_SHARE or free < SEGMENT_BYTES
    ]


def has_room(data: Path, environ: Mapping[str, str]) -> bool:
    """Tell whether an embedded server could write and start; an external one is its own."""
    return all(free >= SEGMENT_BYTES for _, _, free in _volumes(data, environ))


def _volumes(data: Path, environ: Mapping[str, str]) -> Iterator[tuple[str, float, int]]:
    """Look at tables and log, which may lie on one volume or on two."""
    if is_external(environ):
        return
    cluster = places_of(data, environ).cluster
    seen = set()
    for name, folder in (("tables", cluster), ("log", cluster / "pg_wal")):
        if not folder.exists() or folder.stat().st_dev in seen:
            continue
        seen.add(folder.stat().st_dev)
        volume = os.statvfs(folder)
        used = volume.f_blocks - volume.f_bfree
        yield name, used / (used + volume.f_bavail or 1), volume.f_bavail * volume.f_frsize

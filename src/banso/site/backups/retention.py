"""What of the streamed log no backup needs any more."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from banso.site.backups.following import STREAM
from banso.site.backups.manifest import Manifest

if TYPE_CHECKING:
    from pathlib import Path

    from banso.site.backups.folder import BackupFolder

SEGMENT = re.compile(r"[0-9A-F]{24}")


def segment_of(lsn: str) -> str:
    """Name the segment that holds a place in the log, without its timeline.

    >>> segment_of("1/2A000028")
    '000000010000002A'
    """
    high, low = (int(part, 16) for part in lsn.split("/"))
    return f"{high:08X}{low >> 24:08X}"


def keep_newest(folder: BackupFolder, count: int) -> list[Path]:
    """Keep the newest backups, and of the log what leads on from them; tell what went."""
    removed = folder.keep_newest(count)
    oldest = Manifest.read(folder.backups()[0]).database
    if oldest is None:
        return removed
    first = segment_of(oldest.start_lsn)
    for stretch in folder.logs.glob("*/"):
        if json.loads((stretch / STREAM).read_text())["system_identifier"] != (
            oldest.system_identifier
        ):
            continue
        for segment in stretch.iterdir():
            if SEGMENT.fullmatch(segment.name) and segment.name[8:] < first:
                segment.unlink()
    return removed

"""What the data folder remembers of its newest backup, for whoever asks how old that is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from banso.site.backups.copying import write_whole

RECORD = "last-backup.json"
REACH = "reach.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastBackup:
    """The newest whole backup; with a running log beside it, until when nothing is lost."""

    completed_at: datetime
    folder: Path
    reaches: datetime


def record_backup(data: Path, folder: Path, completed_at: datetime) -> None:
    """Remember a backup that is whole."""
    facts = {"completed_at": completed_at.isoformat(), "folder": str(folder)}
    write_whole(data / RECORD, json.dumps(facts) + "\n")


def last_backup(data: Path) -> LastBackup | None:
    """Tell of the newest whole backup of a data folder; None when there has been none."""
    try:
        facts = json.loads((data / RECORD).read_text(encoding="utf-8"))
        completed_at, folder = datetime.fromisoformat(facts["completed_at"]), Path(facts["folder"])
    except (FileNotFoundError, ValueError, KeyError):
        return None
    logs = (folder.parent / "wal").glob(f"*/{REACH}")
    reaches = [datetime.fromisoformat(json.loads(log.read_text())["instant"]) for log in logs]
    return LastBackup(
        completed_at=completed_at, folder=folder, reaches=max([completed_at, *reaches])
    )

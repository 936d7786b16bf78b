"""`banso backup DIR`: a whole backup while the service runs; `--follow` streams the log on."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

from banso.site.backups import BackupFolder, BackupRefused, take_backup
from banso.site.backups.folder import is_elsewhere
from banso.site.backups.following import begin, follow
from banso.site.backups.retention import keep_newest
from banso.site.console.progress import told
from banso.site.console.start import data_folder
from banso.site.database import acquire, is_external

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from banso.site.backups.manifest import Manifest

EXTERNAL = (
    "banso: the files are backed up. The database is an external server's: its administrator "
    "copies it (pg_basebackup and a log archive, or the provider's snapshots) before this runs, "
    "so that every file that a row names is here."
)

ELSEWHERE = (
    "banso: the files lie in the store that BANSO_FILES names and are not in this backup. Its "
    "operator copies them; keep its older versions, and name it again when you restore."
)


def run(arguments: argparse.Namespace) -> int:
    """Back up, and go on when asked; 1 when nothing whole was made or a stored file is damaged."""
    data, folder = data_folder(os.environ), BackupFolder(arguments.folder.absolute())
    try:
        _require_data(data)
        if arguments.follow:
            return _follow(arguments, data, folder)
        places = None if is_external(os.environ) else acquire(data).places
        target, manifest = take_backup(data, places, folder, told)
        return _say(arguments, folder, target, manifest)
    except BackupRefused as refused:
        print(f"banso: {refused}", file=sys.stderr)
        return 1
    except OSError as fault:
        said = f"{fault.filename or folder.path}: {fault.strerror}"
        print(f"banso: {said}. The backup did not come to its end.", file=sys.stderr)
        return 1


def _require_data(data: Path) -> None:
    if not data.is_dir():
        raise BackupRefused(f"There is no data folder {data}. Name it in DATA.")


def _follow(arguments: argparse.Namespace, data: Path, folder: BackupFolder) -> int:
    if is_external(os.environ):
        raise BackupRefused(
            "DATABASE_URL names an external server, whose administrator archives its log. Leave "
            "--follow out, and run `banso backup` often for the files."
        )
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    folder.make(data)
    with acquire(data) as cluster, folder.alone("follow"):
        stretch = begin(cluster.places, folder)
        try:
            target, manifest = take_backup(data, cluster.places, folder, told)
            status = _say(arguments, folder, target, manifest)
            follow(data, cluster.places, folder, stretch, told_to_stop=told_to_stop)
        finally:
            stretch.stop()
    return status


def _say(
    arguments: argparse.Namespace, folder: BackupFolder, target: Path, manifest: Manifest
) -> int:
    removed = keep_newest(folder, arguments.keep) if arguments.keep else []
    document: dict[str, Any] = {
        "folder": str(target),
        "completed_at": manifest.completed_at.isoformat(),
        "bytes": manifest.size,
        "files": len(manifest.files),
        "damaged": manifest.damaged,
        "checkpoint": manifest.database.checkpoint if manifest.database else None,
        "removed": [str(one) for one in removed],
    }
    print(json.dumps(document) if arguments.json else target, flush=True)
    if manifest.database is None:
        print(EXTERNAL, file=sys.stderr)
    if is_elsewhere():
        print(ELSEWHERE, file=sys.stderr)
    for one in manifest.damaged:
        print(
            f"banso: the stored file {one} is missing or has other bytes than its name says, so "
            f"this backup lacks it. Put it back from an earlier one.",
            file=sys.stderr,
        )
    return 1 if manifest.damaged else 0

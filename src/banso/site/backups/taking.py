"""Making a backup while the service runs: the base first, then the files, the manifest last."""

from __future__ import annotations

import errno
import json
import os
import shutil
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from banso.site.backups.checking import named_files
from banso.site.backups.copying import sync_tree
from banso.site.backups.errors import BackupRefused
from banso.site.backups.folder import (
    DRAFT,
    STAMP,
    BackupFolder,
    hash_tree,
    is_elsewhere,
    stored_files,
)
from banso.site.backups.last import record_backup
from banso.site.backups.manifest import DatabasePart, Manifest
from banso.site.backups.server import (
    IDENTITY,
    connect,
    ledger_checkpoint,
    mark,
    program_command,
    read_clock,
    run_program,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from banso.site.backups.folder import Progress
    from banso.site.database.places import Places

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
BASE = ("--format=plain", "--wal-method=stream", "--checkpoint=fast", "--label=banso")


def take_backup(
    data: Path, places: Places | None, folder: BackupFolder, tell: Progress
) -> tuple[Path, Manifest]:
    """Make a whole backup under another name and rename it; without places, of the files alone."""
    folder.make(data)
    with folder.alone("backup"), _full_disk_explained(folder.path):
        folder.remove_drafts()
        _refuse_clock_set_back(folder)
        draft = folder.path / f"{DRAFT}{os.getpid()}"
        try:
            manifest = _fill(draft, data, places, folder, tell=tell)
            target = folder.path / manifest.completed_at.strftime(STAMP)
            if target.exists():
                raise BackupRefused(f"{target} exists already. Try again in a second.")
            draft.rename(target)
            sync_tree(target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    record_backup(data, target.resolve(), manifest.completed_at)
    return target, manifest


def _refuse_clock_set_back(folder: BackupFolder) -> None:
    """Refuse to date a backup before the newest one, which would then pass for the oldest."""
    now = datetime.now(UTC)
    for newest in folder.backups()[-1:]:
        made_at = datetime.strptime(newest.name, STAMP).replace(tzinfo=UTC)
        if made_at > now:
            raise BackupRefused(
                f"The newest backup here, {newest}, was made on {made_at:%Y-%m-%d %H:%M} UTC, and "
                f"now it is {now:%Y-%m-%d %H:%M} UTC: the clock is off, or was off then. Set it "
                f"right; if it was off then, move that backup to a folder of its own."
            )


def _fill(
    draft: Path, data: Path, places: Places | None, folder: BackupFolder, *, tell: Progress
) -> Manifest:
    draft.mkdir(mode=0o700)
    started_at, completed_at, database, base = datetime.now(UTC), None, None, {}
    if places is not None:
        started_at, completed_at, database = _copy_base(draft / "base", places, tell)
        base = hash_tree(draft / "base", tell)
    # A row never comes before its file, so files copied after the base hold all that it names.
    files, damaged = folder.bring_all(stored_files(data), tell)
    if places is not None and not is_elsewhere():
        damaged += _missing(data, places, known={*files, *damaged})
    manifest = Manifest(
        banso=version("banso"),
        started_at=started_at,
        completed_at=completed_at or datetime.now(UTC),
        database=database,
        base=base,
        files=files,
        damaged=damaged,
    )
    sync_tree(draft)
    manifest.write(draft)
    return manifest


def _missing(data: Path, places: Places, *, known: set[str]) -> list[str]:
    """Name the files of rows that the store has not, so that nobody learns it from a restore."""
    with connect(places) as connection:
        named = named_files(connection)
    # What came since we listed the store is there now.
    return sorted(named.keys() - known - {one.name for one in stored_files(data)})


def _copy_base(
    base: Path, places: Places, tell: Progress
) -> tuple[datetime, datetime, DatabasePart]:
    tell("copying the database")
    command = program_command("pg_basebackup", places, "banso backup")
    with connect(places) as connection:
        started_at, checkpoint = read_clock(connection), ledger_checkpoint(connection)
        run_program([*command, *BASE, "--manifest-checksums=SHA256", f"--pgdata={base}"])
        completed_at, _ = mark(connection)
        system_identifier, _, major = connection.execute(IDENTITY).fetchone()  # type: ignore[misc] # one row always
    wal: dict[str, Any] = json.loads((base / "backup_manifest").read_text())["WAL-Ranges"][-1]
    part = DatabasePart(
        version=major,
        system_identifier=system_identifier,
        timeline=wal["Timeline"],
        start_lsn=wal["Start-LSN"],
        stop_lsn=wal["End-LSN"],
        checkpoint=checkpoint,
    )
    return started_at, completed_at, part


@contextmanager
def _full_disk_explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        if fault.errno not in FULL:
            raise
        raise BackupRefused(
            f"The disk of {folder} is full, so nothing was kept of this backup. Make room, or "
            f"remove old backups with --keep."
        ) from fault

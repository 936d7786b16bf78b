"""Putting a backup back into an empty data folder: verified while it is copied, whole or not."""

from __future__ import annotations

import os
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from banso.site.backups.checking import OR_WITHOUT, Found, check
from banso.site.backups.copying import Bytes, copy_verified, sync_folder, sync_tree
from banso.site.backups.errors import BackupDamaged, BackupRefused
from banso.site.backups.folder import DATED, BackupFolder, is_elsewhere
from banso.site.backups.following import STREAM
from banso.site.backups.last import REACH
from banso.site.backups.manifest import DatabasePart, Manifest
from banso.site.backups.recovering import give_to_account, lay_log, read_json, recovered
from banso.site.backups.retention import segment_of
from banso.site.database import check_address, is_external
from banso.site.database.embedded.binaries import MAJOR_VERSION
from banso.site.database.embedded.creation import DRAFT, remove_drafts
from banso.site.database.embedded.locks import exclusively
from banso.site.database.places import places_of, prepare, refuse_network
from banso.site.database.settings import address_of
from banso.web.file_store import StoreTrouble
from banso.web.file_store.naming import store_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banso.site.backups.folder import Progress

BROUGHT = frozenset({"keys", "secret-key"})
UNFINISHED = ".restoring"
CONNECT_WITHIN = 5


@dataclass(frozen=True, slots=True)
class Chosen:
    """A whole backup, and the stretch of the log that leads on from it."""

    folder: Path
    manifest: Manifest
    stretch: Path | None
    reach: datetime
    lsn: str | None

    @property
    def files(self) -> Path:
        """Where its stored files are."""
        return self.folder.parent / "files"


def choose(path: Path, to: datetime | None) -> Chosen:
    """Find the backup in DIR, or the one that DIR is, from which the instant can be reached."""
    dated = [path] if DATED.fullmatch(path.name) else _backups(path)
    if to is None:
        return _with_log(dated[-1])
    candidates = [_with_log(one) for one in reversed(dated)]
    for one in candidates:
        if one.manifest.completed_at <= to <= one.reach:
            return one
    spans = "; ".join(
        f"{one.manifest.completed_at.isoformat()} to {one.reach.isoformat()}" for one in candidates
    )
    raise BackupRefused(
        f"{to.isoformat()} cannot be reached from {path}: a backup leads from its end as far as "
        f"its log came. These can be: {spans}."
    )


def restore(
    path: Path, data: Path, to: datetime | None, tell: Progress, *, may_lack: bool = False
) -> tuple[Chosen, Found]:
    """Put the site back as it was at the instant, or as late as the backup knows.

    Stored files that are lost or damaged refuse it, unless it `may_lack` them.
    """
    chosen = choose(path, to)
    database = chosen.manifest.database
    _require_fit(database)
    if database is not None:
        for place in (data.resolve(), places_of(data, os.environ).home):
            refuse_network(place)
    _require_empty(data)
    _require_own_files(data)
    # The server's own user passes through, and looks at nothing.
    data.mkdir(mode=0o711, parents=True, exist_ok=True)
    (data / UNFINISHED).touch(mode=0o600)
    is_done = False
    try:
        files = _restore_files(chosen, data, tell, may_lack=may_lack) | _files_elsewhere(data)
        if database is None:
            found = _check_external(data, files, may_lack=may_lack)
        else:
            found = _restore_database(chosen, data, to, files, tell=tell, may_lack=may_lack)
        is_done = True
    finally:
        if not is_done:
            _take_back(data)
    (data / UNFINISHED).unlink()
    sync_folder(data)
    return chosen, found


def _backups(path: Path) -> list[Path]:
    backups = BackupFolder(path).backups() if path.is_dir() else []
    if not backups:
        raise BackupRefused(
            f"{path} holds no whole backup. One that was cut short is none: choose another folder."
        )
    return backups


def _with_log(folder: Path) -> Chosen:
    """Find the stretch that was being received when the base was made."""
    manifest = Manifest.read(folder)
    for stretch in sorted((folder.parent / "wal").glob("*/"), reverse=True):
        if not (stretch / REACH).exists() or not _leads_on(manifest.database, stretch):
            continue
        reach = read_json(stretch / REACH)
        instant = datetime.fromisoformat(reach["instant"])
        if instant >= manifest.completed_at:
            return Chosen(folder, manifest, stretch, instant, reach["lsn"])
    return Chosen(folder, manifest, None, manifest.completed_at, None)


def _leads_on(database: DatabasePart | None, stretch: Path) -> bool:
    if database is None:
        return False
    origin = read_json(stretch / STREAM)
    same = (origin["system_identifier"], origin["timeline"])
    segments = sorted(one.name[8:24] for one in stretch.iterdir() if len(one.name) >= 24)  # noqa: PLR2004 - a segment's name
    is_early = bool(segments) and segments[0] <= segment_of(database.stop_lsn)
    return same == (database.system_identifier, database.timeline) and is_early


def _require_fit(database: DatabasePart | None) -> None:
    if (database is None) != is_external(os.environ):
        raise BackupRefused(
            "This backup holds the files alone, because an external server kept the database. "
            "Restore that server first, and name it in DATABASE_URL."
            if database is None
            else "This backup holds an embedded database, and DATABASE_URL names another. Leave "
            "DATABASE_URL out, and restore again."
        )
    if database is not None and database.version != MAJOR_VERSION:
        raise BackupRefused(
            f"This backup was made by PostgreSQL {database.version}, and this banso brings "
            f"{MAJOR_VERSION}. Restore it with the release of banso that made it."
        )


def _require_empty(data: Path) -> None:
    """Let nothing but keys be there, or what a killed restore left, which is taken away."""
    has_cluster = places_of(data, os.environ).cluster.exists()
    if (data / UNFINISHED).exists() and not has_cluster:
        _take_back(data)
    found = sorted(one.name for one in data.iterdir()) if data.exists() else []
    others = [name for name in found if name not in BROUGHT]
    if others or has_cluster:
        raise BackupRefused(
            f"{data} is not empty: it holds {', '.join(others) or 'a database'}. Nothing was "
            f"changed. Name an empty folder in DATA; only keys and secret-key may be there."
        )


def _require_own_files(data: Path) -> None:
    """Files come back into the data folder, where the site has to look for them."""
    named = os.environ.get("BANSO_FILES")
    if named and not is_elsewhere() and Path(named).absolute() != data / "files":
        raise BackupRefused(
            f"BANSO_FILES names {named}, and files come back into {data / 'files'}. Leave "
            f"BANSO_FILES out, restore, and move that folder to its place afterwards."
        )


def _restore_files(
    chosen: Chosen, data: Path, tell: Progress, *, may_lack: bool
) -> dict[str, Bytes]:
    """Bring the backup's files and those that came with its log; tell which came whole."""
    store = data / "files"
    store.mkdir(mode=0o700)
    expected = dict(chosen.manifest.files)
    if chosen.stretch:
        for later in chosen.files.iterdir():
            expected.setdefault(later.name, Bytes(later.stat().st_size, later.name))
    whole: dict[str, Bytes] = {}
    for number, (name, facts) in enumerate(expected.items(), 1):
        try:
            copy_verified(chosen.files, store, name, facts)
        except BackupDamaged as damaged:
            if not may_lack:
                raise BackupRefused(f"{str(damaged)[:-1]}{OR_WITHOUT}") from None
            (store / name).unlink(missing_ok=True)
        else:
            whole[name] = facts
        tell(f"restored {number} of {len(expected)}")
    sync_tree(store)
    return whole


def _files_elsewhere(data: Path) -> dict[str, Bytes]:
    """List what the store holds that its operator keeps, so that rows may name it."""
    if not is_elsewhere():
        return {}
    try:
        listed = list(store_of(data, os.environ).listed())
    except StoreTrouble as trouble:
        raise BackupRefused(
            f"Nobody can tell which files are there: {trouble}. Nothing was restored."
        ) from trouble
    return {one.sha256: Bytes(one.size, one.sha256) for one in listed}


def _check_external(data: Path, files: Mapping[str, Bytes], *, may_lack: bool) -> Found:
    """Compare the files with the server that its administrator has put back already."""
    address = address_of("web", os.environ, data)
    if findings := check_address(address):
        raise BackupRefused(" ".join(findings))
    try:
        with psycopg.connect(**address, connect_timeout=CONNECT_WITHIN) as connection:
            keys = data / "keys"
            return check(connection, files, expected=None, keys=keys, may_lack=may_lack)
    except psycopg.OperationalError as fault:
        reason = str(fault).strip().splitlines()[0].rstrip(".")
        raise BackupRefused(
            f"The server of DATABASE_URL does not answer, so nobody can tell which files its rows "
            f"name: {reason}. Nothing was restored. Put that server back, then restore again."
        ) from fault


def _restore_database(
    chosen: Chosen,
    data: Path,
    to: datetime | None,
    files: Mapping[str, Bytes],
    *,
    tell: Progress,
    may_lack: bool,
) -> Found:
    places = prepare(data, os.environ)
    database: Any = chosen.manifest.database
    with exclusively(places.start_lock):
        remove_drafts(places.home)
        draft = places.home / f"{DRAFT}restored"
        draft.mkdir(mode=0o700)
        for folder in (one for one in (chosen.folder / "base").rglob("*") if one.is_dir()):
            (draft / folder.relative_to(chosen.folder / "base")).mkdir(mode=0o700)
        base = chosen.manifest.base
        for number, (name, facts) in enumerate(base.items(), 1):
            copy_verified(chosen.folder / "base", draft, name, facts)
            tell(f"restored {number} of {len(base)}")
        if chosen.stretch:
            lay_log(chosen.stretch, draft, database.start_lsn)
        tell("replaying the log")
        with recovered(draft, places, to=to, lsn=None if to else chosen.lsn) as connection:
            tell("verifying the ledger")
            keys, signed = data / "keys", database.checkpoint
            found = check(connection, files, expected=signed, keys=keys, may_lack=may_lack)
        give_to_account(draft, places)
        sync_tree(draft)
        draft.rename(places.cluster)
        sync_folder(places.home)
    return found


def _take_back(data: Path) -> None:
    """Remove what a restore had made, and nothing that was there before."""
    places = places_of(data, os.environ)
    for folder in (data / "files", places.socket_folder, places.home):
        shutil.rmtree(folder, ignore_errors=True)
    place = data / "database"
    if place.is_symlink():
        place.unlink()
    (data / UNFINISHED).unlink(missing_ok=True)


def as_document(chosen: Chosen, found: Found, to: datetime | None) -> dict[str, Any]:
    """Write what was restored, for a program to read."""
    return {
        "backup": str(chosen.folder),
        "instant": (to or chosen.reach).isoformat(),
        **asdict(found),
    }

"""Bringing a copied base to the instant that is wanted, with a server of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from banso.site.backups.errors import BackupRefused
from banso.site.backups.retention import segment_of
from banso.site.backups.server import connect
from banso.site.database import DatabaseUnavailable
from banso.site.database.embedded.binaries import programs_for
from banso.site.database.embedded.configuration import write_configuration
from banso.site.database.embedded.supervisor import open_log, start_server

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path
    from typing import Any

    from banso.site.database.places import Places

RECOVER_WITHIN = 900.0
STOP_WITHIN = 60.0
REPLAYED = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"


def lay_log(stretch: Path, cluster: Path, start_lsn: str) -> None:
    """Put the received segments beside the base's own, the unfinished last one under its name."""
    first = segment_of(start_lsn)
    for segment in sorted(stretch.iterdir()):
        name = segment.name.removesuffix(".partial")
        is_needed = len(name) == len("0" * 24) and name[8:] >= first
        if is_needed or name.endswith(".history"):
            shutil.copyfile(segment, cluster / "pg_wal" / name)


def give_to_account(cluster: Path, places: Places) -> None:
    """Make everything the server's user's own, and closed to others."""
    for path in (cluster, *cluster.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
        if places.account.is_another:
            os.chown(path, places.account.uid, places.account.gid)


@contextmanager
def recovered(
    cluster: Path, places: Places, *, to: datetime | None, lsn: str | None
) -> Iterator[psycopg.Connection[Any]]:
    """Run a server on the copy until it has replayed what is wanted, and stop it afterwards."""
    (cluster / "recovery.signal").touch(mode=0o600)
    (cluster / "postmaster.pid").unlink(missing_ok=True)
    write_configuration(cluster, places)
    give_to_account(cluster, places)
    options = {"restore_command": "/bin/false", "recovery_target_action": "promote"}
    if to is not None:
        options["recovery_target_time"] = to.isoformat()
    words = [f"--{name}={value}" for name, value in options.items()]
    programs = programs_for(places.account, places.home)
    command = [programs / "postgres", "-D", cluster, "-h", "", "-k", places.socket_folder, *words]
    log_path = cluster.with_name(f"{cluster.name}.log")
    with open_log(log_path) as log:
        server = start_server([str(word) for word in command], cluster.stat(), log)
    try:
        with _wait_until_open(server, places, log_path) as connection:
            if lsn and connection.execute(REPLAYED, [lsn]).fetchone() != (True,):
                raise BackupRefused(
                    "The streamed log breaks off before the instant that it had reached: its "
                    "bytes changed. Nothing was restored. Choose an earlier instant with --to."
                )
            yield connection
    finally:
        _stop(server)
        log_path.unlink(missing_ok=True)


def _wait_until_open(
    server: subprocess.Popen[bytes], places: Places, log: Path
) -> psycopg.Connection[Any]:
    give_up_at = time.monotonic() + RECOVER_WITHIN
    while server.poll() is None and time.monotonic() < give_up_at:
        try:
            connection = connect(places)
            row = connection.execute("SELECT pg_is_in_recovery()").fetchone()
        except psycopg.OperationalError:
            row = None
        except DatabaseUnavailable:
            row = None
        if row == (False,):
            return connection
        time.sleep(0.1)
    said = [line for line in log.read_text(errors="replace").splitlines() if "FATAL" in line]
    raise BackupRefused(
        f"The database could not be brought to that instant, and nothing was restored. "
        f"PostgreSQL said: {' '.join(said[-1:]) or 'nothing'}"
    )


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
        server.wait(STOP_WITHIN)


def read_json(path: Path) -> dict[str, Any]:
    """Read a small file of the log's folder."""
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return facts

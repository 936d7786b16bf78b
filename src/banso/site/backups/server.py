"""The embedded server as a backup sees it: asked as its superuser, copied by its own programs."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.conninfo import make_conninfo

from banso.site.backups.errors import BackupRefused
from banso.site.database import DatabaseUnavailable, superuser_address
from banso.site.database.embedded.binaries import installed_programs
from banso.site.database.embedded.supervisor import CLEAN_ENVIRONMENT
from banso.site.database.settings import DATABASE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from banso.site.database.places import Places

IDENTITY = """
SELECT (SELECT system_identifier::text FROM pg_control_system()) AS system_identifier,
       (SELECT timeline_id FROM pg_control_checkpoint()) AS timeline,
       current_setting('server_version_num')::int / 10000 AS version
"""
CHECKPOINT = "SELECT size, encode(root, 'hex') FROM ledger_checkpoint ORDER BY size DESC LIMIT 1"
# An act of no one's: its commit tells recovery, which stops at commits, how far time has come.
MARK = "SELECT pg_logical_emit_message(true, 'banso backup', '')"
FULL_DISK = "No space left on device"


def connect(places: Places, database: str = DATABASE) -> psycopg.Connection[Any]:
    """Connect as the superuser, whom peer authentication gives to the folder's owner alone."""
    address = {**superuser_address(places), "dbname": database}
    try:
        return psycopg.connect(**address, autocommit=True)
    except psycopg.OperationalError as fault:
        raise DatabaseUnavailable(f"The database cannot be asked: {fault}") from fault


def read_clock(connection: psycopg.Connection[Any]) -> datetime:
    """Read the clock that commits are stamped with."""
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    instant: datetime = row[0]  # type: ignore[index] # one row always
    return instant


def mark(connection: psycopg.Connection[Any]) -> tuple[datetime, str]:
    """Tell an instant, and a place in the log by which every act until then is written."""
    instant = read_clock(connection)
    connection.execute(MARK)
    row = connection.execute("SELECT pg_current_wal_flush_lsn()::text").fetchone()
    return instant, row[0]  # type: ignore[index] # one row always


def ledger_checkpoint(connection: psycopg.Connection[Any]) -> dict[str, Any] | None:
    """Read the checkpoint that was signed last; a ledger without tables or entries has none."""
    found = connection.execute("SELECT to_regclass('ledger_checkpoint')").fetchone()
    if found is None or found[0] is None:
        return None
    row = connection.execute(CHECKPOINT).fetchone()
    return {"size": row[0], "root": row[1]} if row else None


def program_command(name: str, places: Places, application: str) -> list[str | Path]:
    """Begin the command of a program that copies from the server."""
    address = superuser_address(places) | {"application_name": application}
    address.pop("dbname")
    return [installed_programs() / name, f"--dbname={make_conninfo(**address)}", "--no-password"]


def run_program(command: Sequence[str | Path]) -> None:
    """Run one of the server's programs to its end; what it says when it fails is the reason."""
    outcome = subprocess.run(  # noqa: S603 - a program that we brought
        command,
        env=CLEAN_ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if outcome.returncode == 0:
        return
    if FULL_DISK in outcome.stderr:
        raise BackupRefused(
            "The disk of the backup is full, so nothing was kept of this one. Make room, or "
            "remove old backups with --keep."
        )
    said = [line for line in outcome.stderr.splitlines() if "error" in line or "WARNING" in line]
    raise BackupRefused(
        f"The database could not be copied, so there is no backup. PostgreSQL said: "
        f"{' '.join(said) or outcome.stderr.strip()[-300:] or outcome.returncode}"
    )

"""All checks in their order; what cannot be looked at is said, never left out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import psycopg

from banso.ledger.doubt import kernel_state
from banso.site.backups.last import last_backup
from banso.site.database import check_address, is_external
from banso.site.database.errors import DatabaseUnavailable, DatabaseUnfit
from banso.site.database.settings import address_of
from banso.site.doctor.clocks import database_clock, kernel_clock
from banso.site.doctor.contents import check_demo, check_ledger, check_release
from banso.site.doctor.files import check_files
from banso.site.doctor.findings import Finding
from banso.site.doctor.folders import check_folders
from banso.site.doctor.ledger import check_signed
from banso.site.doctor.mail import check_mail
from banso.site.doctor.processes import check_processes, check_worker
from banso.site.doctor.rows import check_rows
from banso.site.doctor.servers import check_server
from banso.site.doctor.tasks import check_tasks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CONNECT_WITHIN = 5
BACKUP_WITHIN = timedelta(hours=26)
READ_ONLY = "-c default_transaction_read_only=on"


def examine(data: Path, environ: Mapping[str, str], *, is_deep: bool = False) -> list[Finding]:
    """Make every check; a database that does not answer leaves the others."""
    return [
        *check_folders(data, environ),
        *(check_processes(data, environ) if data.is_dir() else []),
        kernel_clock(kernel_state(), environ),
        check_backup(data, at=datetime.now(UTC)),
        *_check_database(data, environ, is_deep=is_deep),
    ]


def check_backup(data: Path, *, at: datetime) -> Finding:
    """Tell how old the newest backup is, as `banso backup` wrote it down."""
    mend = "Run `banso backup DIR` every day, with DIR on another machine's disk."
    last = last_backup(data)
    if last is None:
        return Finding("backup", "unknown", "No backup of this folder is known.", mend)
    made_at = last.completed_at
    says = f"The last backup was made {made_at:%Y-%m-%d %H:%M} UTC."
    if at - made_at > BACKUP_WITHIN:
        return Finding("backup", "wrong", says, mend)
    return Finding("backup", "good", says)


def _check_database(data: Path, environ: Mapping[str, str], *, is_deep: bool) -> list[Finding]:
    try:
        address = address_of("web", environ, data)
        if refusals := check_address(address):
            return [Finding("database", "wrong", one) for one in refusals]
        address |= {"options": READ_ONLY, "connect_timeout": CONNECT_WITHIN}
        with psycopg.connect(**address, autocommit=True) as connection:
            return [
                Finding("database", "good", "The database answers."),
                *check_server(connection, is_external=is_external(environ)),
                database_clock(connection),
                *_check_contents(connection, data, environ, is_deep=is_deep),
            ]
    except (DatabaseUnavailable, DatabaseUnfit) as fault:
        return [Finding("database", "wrong", str(fault))]
    except psycopg.OperationalError as fault:
        reason = str(fault).strip().splitlines()[0].rstrip(".")
        says = f"The database does not answer, so what it holds was not looked at: {reason}."
        mend = "Start `banso serve`, or the external server, and read its log if it stops again."
        return [Finding("database", "wrong", says, mend)]


def _check_contents(
    connection: psycopg.Connection[object],
    data: Path,
    environ: Mapping[str, str],
    *,
    is_deep: bool,
) -> list[Finding]:
    try:
        return [
            *check_release(connection),
            *check_ledger(connection, data, environ),
            *check_signed(connection),
            *check_worker(connection, data),
            *check_tasks(connection, data),
            *check_mail(connection, environ),
            *check_rows(connection, is_deep=is_deep),
            *check_files(connection, data, environ, is_deep=is_deep),
            *check_demo(connection, environ),
        ]
    except psycopg.errors.UndefinedTable:
        says = "The database has no tables of this release."
        return [Finding("release", "wrong", says, "Run `banso migrate`.")]

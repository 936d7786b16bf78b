"""What runs before a console command: reach the database, then set Django up."""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import django
import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from banso.site.console.parent import end_with_parent, has_parent
from banso.site.database import (
    DatabaseUnavailable,
    DatabaseUnfit,
    acquire,
    check_address,
    ensure_database,
    is_external,
    require_fit_database,
)
from banso.site.database.settings import address_of

if TYPE_CHECKING:
    from collections.abc import Mapping

SEQUENCER_URL = "DATABASE_SEQUENCER_URL"
# Django's reloader starts the program again in a child that bears this mark.
RELOADED = "RUN_MAIN"


def data_folder(environ: Mapping[str, str]) -> Path:
    """Tell where this banso keeps its data."""
    return Path(environ.get("DATA") or "banso-data").absolute()


def nothing() -> None:
    """Run before a command that neither needs nor starts a database."""


def serve_tables() -> None:
    """Become the web role, on a database that is fit and of this release."""
    _reach_database()
    _require_made()
    django.setup()
    _require_fit(is_web=True)
    _refuse_other_release()


def work_on_tables() -> None:
    """Become the web role with one connection, whose locks say what we are at."""
    os.environ["BANSO_DB_POOL"] = "1"
    serve_tables()


def sequence_tables() -> None:
    """Become the sequencer, who reads no act and alone writes the ledger's tree."""
    if is_external(os.environ) and not os.environ.get(SEQUENCER_URL):
        raise DatabaseUnfit(
            f"{SEQUENCER_URL} is not set. The sequencer has a role of its own, so that the web "
            f"role cannot write the ledger's tree."
        )
    os.environ["BANSO_DB_ROLE"] = "sequencer"
    serve_tables()


def own_tables() -> None:
    """Become the owner of the tables, on a database that is made if need be."""
    os.environ["BANSO_DB_ROLE"] = "owner"
    if not is_external(os.environ):
        _reach_database()
    # An external server may still lack the roles; its administrator is told what to run.
    ensure_database(os.environ, data_folder(os.environ))
    django.setup()
    _require_fit(is_web=False)
    _refuse_earlier_tables()


def make_and_serve_tables() -> None:
    """Make the database as its owner, in a process of its own, then become the web role."""
    _reach_database()
    _make_tables()
    serve_tables()


def develop_tables() -> None:
    """Become the web role in demo mode, with the settings of whoever develops."""
    os.environ["BANSO_DEMO"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "banso.site.console.development.settings"
    _reach_database()
    django.setup()
    if os.environ.get(RELOADED) != "true" or known_migrations() - applied_migrations():
        _make_tables()
    serve_tables()


def _make_tables() -> None:
    command = [sys.executable, "-m", "banso.site.command_line", "migrate", "--quiet"]
    outcome = subprocess.run(command, check=False)  # noqa: S603 - our own command
    if outcome.returncode:
        sys.exit(outcome.returncode)  # the other process has said why


def _reach_database() -> None:
    if has_parent():
        end_with_parent()
    if is_external(os.environ):
        _require_answer()
    elif not has_parent():
        acquire(data_folder(os.environ)).guard()


def _require_made() -> None:
    """Look once without the pool whether anybody has made the embedded database."""
    if is_external(os.environ):
        return
    role = os.environ.get("BANSO_DB_ROLE") or "web"
    try:
        psycopg.connect(**address_of(role, os.environ, data_folder(os.environ))).close()
    except psycopg.OperationalError as fault:
        # A server that does not answer just now is waited for by whoever needs it.
        if "does not exist" in str(fault):
            raise DatabaseUnfit("There is no database yet. Run `banso migrate` first.") from fault


def _require_answer() -> None:
    """Connect once without the pool, which would hide for ten seconds why none can be had."""
    role = os.environ.get("BANSO_DB_ROLE") or "web"
    address = address_of(role, os.environ, data_folder(os.environ))
    if findings := check_address(address):
        raise DatabaseUnfit(" ".join(findings))
    try:
        psycopg.connect(**address).close()
    except psycopg.OperationalError as fault:
        reason = str(fault).strip().splitlines()[0].rstrip(".")
        raise DatabaseUnavailable(
            f"The database cannot be reached: {reason}. Start its primary, or name it in the "
            f"address; a standby takes no acts and decides none."
        ) from fault


def _require_fit(*, is_web: bool) -> None:
    connection.ensure_connection()
    require_fit_database(connection.connection, is_external=is_external(os.environ), is_web=is_web)


def _refuse_earlier_tables() -> None:
    """Refuse tables that began otherwise than ours: no step leads from those to these."""
    known, applied = known_migrations(), applied_migrations()
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("banso.")}
    foreign = {(label, name) for label, name in applied - known if label in ours}
    if foreign and known - applied:
        raise DatabaseUnfit(
            "The database is of an earlier release that this one does not take over: its samples "
            f"are played anew, so name an empty folder in DATA, or move {settings.DATA} away, "
            "and type `make demo`."
        )


def _refuse_other_release() -> None:
    _refuse_earlier_tables()
    if known_migrations() - applied_migrations():
        raise DatabaseUnfit("The database is not of this release. Run `banso migrate` first.")


def known_migrations() -> set[tuple[str, str]]:
    """Name the migrations of this release by app, read from their folders and not imported."""
    return {
        (config.label, module.name)
        for config in apps.get_app_configs()
        for module in pkgutil.iter_modules([str(Path(config.path) / "migrations")])
        if not module.name.startswith("_")
    }


def applied_migrations() -> set[tuple[str, str]]:
    """Name the migrations that the database has seen; none where it has none yet."""
    return set(MigrationRecorder(connection).applied_migrations())

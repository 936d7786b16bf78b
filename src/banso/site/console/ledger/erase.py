"""`banso ledger erase`: erase the details of a person's entries, from the disk as well."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from django.db import connection

from banso.ledger.erasing import details_about
from banso.people.actors import OPERATOR_AT_CONSOLE
from banso.people.commands.record.erase_details import erase_details
from banso.people.queries.persons import person_with_email
from banso.site.console.start import data_folder
from banso.site.database import DatabaseUnavailable, is_external, superuser_address
from banso.site.database.places import places_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

RELOADED_WITHIN = 10.0
LOOK_EVERY = 0.1


def run(arguments: argparse.Namespace) -> int:
    """Erase, then rewrite the table and let go of the log that still held the texts."""
    person = person_with_email(arguments.email)
    if person is None:
        print(f"banso: nobody signs in as {arguments.email}", file=sys.stderr)
        return 1
    if arguments.dry_run:
        print(details_about(person.pk).count())
        return 0
    erase_details(actor=OPERATOR_AT_CONSOLE, person_id=person.pk, ground=arguments.ground)
    scrub()
    print(
        "banso: the details are erased, and named as erased in the ledger. Backups from before "
        "still hold them until they are destroyed.",
        file=sys.stderr,
    )
    return 0


def scrub() -> None:
    """Rewrite the table without what was deleted, and drop the write-ahead log behind it.

    Rewriting holds the table for as long as that takes, so acts wait: choose a quiet hour.
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (FULL, ANALYZE) ledger_detail")
    if is_external(os.environ):
        print(
            "banso: the server's write-ahead log and its archive still hold the texts until the "
            "server has recycled them; ask its administrator",
            file=sys.stderr,
        )
        return
    # A segment goes with the checkpoint after the next one, because recovery may need the last.
    with (
        psycopg.connect(
            **superuser_address(places_of(data_folder(os.environ), os.environ)), autocommit=True
        ) as superuser,
        _nothing_kept_for_streams(superuser),
    ):
        for _ in range(2):
            superuser.execute("SELECT pg_switch_wal()")
            superuser.execute("CHECKPOINT")


@contextmanager
def _nothing_kept_for_streams(superuser: psycopg.Connection[Any]) -> Iterator[None]:
    """Keep no log for a backup's stream that fell behind, which takes a new base afterwards."""
    superuser.execute("ALTER SYSTEM SET wal_keep_size = 0")
    try:
        superuser.execute("SELECT pg_reload_conf()")
        until = time.monotonic() + RELOADED_WITHIN
        while superuser.execute("SHOW wal_keep_size").fetchone() != ("0",):
            if time.monotonic() > until:
                raise DatabaseUnavailable("The database took no new setting. Erase once more.")
            time.sleep(LOOK_EVERY)
        yield
    finally:
        superuser.execute("ALTER SYSTEM RESET wal_keep_size")
        superuser.execute("SELECT pg_reload_conf()")

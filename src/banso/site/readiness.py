"""What is in the way of serving, in sentences for whoever watches over the server."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

import psycopg
from django.conf import settings
from django.db import connection

from banso.site.database.embedded.locks import is_taken
from banso.site.database.embedded.volumes import full_volumes
from banso.web import file_store

SECONDS = 2
LONGEST_WAIT = 60.0
WORKER_LOCK = "worker.lock"
WORKER_ELSEWHERE = "BANSO_WORKER_ELSEWHERE"
# The last one: of several hosts we mean the one that takes acts, not a standby that answers.
KNOWN = (
    *("host", "port", "user", "password", "dbname", "sslmode", "sslrootcert"),
    "target_session_attrs",
)
OLDEST_WAITING = "SELECT min(entry_id) FROM ledger_pending"


@dataclass(slots=True)
class Waiting:
    """The oldest entry that waits for its place, and since when we have seen it wait."""

    oldest: int | None = None
    since: float = 0.0

    def seconds(self, oldest: int | None, now: float) -> float:
        """Answer how long this one has been the oldest; acts may be dated long before."""
        if oldest is None or oldest != self.oldest:
            self.oldest, self.since = oldest, now
        return now - self.since


waiting = Waiting()


def troubles() -> list[str]:
    """List what is not well, over a connection that no page uses."""
    found = [*_of_database()]
    if trouble := file_store.trouble():
        found.append(trouble)
    if not os.environ.get(WORKER_ELSEWHERE) and not is_taken(settings.DATA / WORKER_LOCK):
        found.append("the worker does not run")
    return found


def _of_database() -> list[str]:
    parameters = dict(connection.get_connection_params())
    parameters.pop("pool", None)
    address = {name: parameters[name] for name in KNOWN if parameters.get(name)}
    try:
        with psycopg.connect(**address, connect_timeout=SECONDS) as own:
            row = own.execute(OLDEST_WAITING).fetchone()
    except psycopg.OperationalError:
        return ["the database does not answer", *full_volumes(settings.DATA, os.environ)]
    found = full_volumes(settings.DATA, os.environ)
    if row and waiting.seconds(row[0], time.monotonic()) > LONGEST_WAIT:
        found.append(
            f"an entry has waited over {LONGEST_WAIT:.0f} seconds for its place in the ledger"
        )
    return found

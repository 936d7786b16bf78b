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
from banso.site.doctor.tasks import TASKS_LOCK, UNHEARD_FOR, UNHEARD_WITHIN
from banso.web import file_store

SECONDS = 2
LONGEST_WAIT = 60.0
WORKER_LOCK = "worker.lock"
# The tasks begin after the pages, and are started again when they end; so long nobody misses them.
TASKS_MISSED_AFTER = 20.0
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


@dataclass(slots=True)
class Missed:
    """Since when we have not seen the tasks move; at our start they may yet come."""

    since: float | None = None

    def is_long(self, now: float, *, moves: bool) -> bool:
        """Tell whether they have been away for too long."""
        if moves:
            self.since = None
            return False
        if self.since is None:
            self.since = now
        return now - self.since > TASKS_MISSED_AFTER


waiting = Waiting()
tasks_missed = Missed()


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
            oldest = own.execute(OLDEST_WAITING).fetchone()
            unheard = own.execute(UNHEARD_FOR).fetchone()
    except psycopg.OperationalError:
        return ["the database does not answer", *full_volumes(settings.DATA, os.environ)]
    now, found = time.monotonic(), full_volumes(settings.DATA, os.environ)
    if oldest and waiting.seconds(oldest[0], now) > LONGEST_WAIT:
        found.append(
            f"an entry has waited over {LONGEST_WAIT:.0f} seconds for its place in the ledger"
        )
    is_heard = not unheard or unheard[0] is None or unheard[0] <= UNHEARD_WITHIN
    runs = is_taken(settings.DATA / TASKS_LOCK)
    if tasks_missed.is_long(now, moves=runs and is_heard):
        found.append(
            f"no task has moved for over {UNHEARD_WITHIN} seconds"
            if runs
            else "the tasks do not run"
        )
    return found

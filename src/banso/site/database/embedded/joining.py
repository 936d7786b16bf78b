"""Starting the server on demand, joining one that runs, and keeping it while we use it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from psycopg import pq
from psycopg.conninfo import make_conninfo

from banso.site.database.embedded import supervisor
from banso.site.database.embedded.binaries import programs_for
from banso.site.database.embedded.configuration import write_configuration
from banso.site.database.embedded.creation import (
    create_cluster,
    refuse_other_version,
    remove_drafts,
)
from banso.site.database.embedded.locks import (
    SharedLock,
    exclusively,
    is_taken,
    numbers_in,
    wait_until_free,
)
from banso.site.database.errors import DatabaseUnavailable
from banso.site.database.places import places_of, prepare
from banso.site.database.settings import superuser_address

if TYPE_CHECKING:
    from pathlib import Path

    from banso.site.database.places import Places

logger = logging.getLogger(__name__)

START_WITHIN = 60.0
LAST_USER_WITHIN = 2.0
LOOK_EVERY = 0.02
RETRY_EVERY = 1.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running embedded server, which stays up until this process ends or releases it."""

    places: Places
    membership: SharedLock = field(repr=False)

    @property
    def socket_folder(self) -> Path:
        """The host to connect to."""
        return self.places.socket_folder

    @property
    def cluster_folder(self) -> Path:
        """PostgreSQL's own files, which backups read."""
        return self.places.cluster

    def release(self) -> None:
        """Stop using the server; when we were the last, it shuts down."""
        self.membership.release()

    def guard(self) -> None:
        """Start the supervisor again whenever it dies, for as long as we use the server.

        A service calls this once. The thread sleeps in the kernel until the supervisor's lock
        is free, so that costs nothing and notices at once.
        """
        threading.Thread(target=self._guard, name="database guard", daemon=True).start()

    def _guard(self) -> None:
        while True:
            wait_until_free(self.places.supervisor_lock)
            if not self.membership.is_held:
                return
            try:
                with exclusively(self.places.start_lock):
                    _ensure_running(self.places)
            except DatabaseUnavailable as fault:
                logger.warning("%s", fault)
                time.sleep(RETRY_EVERY)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.release()


def acquire(data: Path) -> Cluster:
    """Join the server of a data folder, making and starting it if need be.

    It is in use until the process ends, however it ends; of many who come at once, one
    starts it.
    """
    places = prepare(data, os.environ)
    with exclusively(places.start_lock):
        cluster = Cluster(places=places, membership=SharedLock(places.users_lock))
        try:
            _ensure_running(places)
        except BaseException:
            cluster.release()
            raise
    return cluster


def wait_until_stopped(data: Path, within: float) -> bool:
    """Wait for the server to shut down, and tell whether it has; its users have released it."""
    lock = places_of(data, os.environ).supervisor_lock
    give_up_at = time.monotonic() + within
    while is_taken(lock):
        if time.monotonic() > give_up_at:
            return False
        time.sleep(LOOK_EVERY)
    return True


def wait_until_last_user_left(cluster: Cluster) -> None:
    """Release the server; when we were its last user, wait until it has shut down."""
    cluster.release()
    places = cluster.places
    look_until = time.monotonic() + LAST_USER_WITHIN
    while time.monotonic() < look_until and is_taken(places.supervisor_lock):
        # The supervisor holds the users lock for itself from when it stops the server.
        if is_taken(places.users_lock):
            look_until = time.monotonic() + START_WITHIN
        time.sleep(LOOK_EVERY)


def ask(places: Places) -> pq.Ping:
    """Ask the server itself how it is, because what its files say may be older than it is."""
    address = make_conninfo(**superuser_address(places), connect_timeout=5)
    return pq.Ping(pq.PGconn.ping(address.encode()))


def supervised_pids(places: Places) -> tuple[int | None, int | None]:
    """Tell which processes are the living supervisor and its server, as it wrote them down."""
    if not is_taken(places.supervisor_lock):
        return None, None
    supervisor_pid, server_pid, *_ = [*numbers_in(places.supervisor_lock), 0, 0]
    return supervisor_pid or None, server_pid or None


def _is_served(places: Places) -> bool:
    """Tell whether a living supervisor's server answers.

    After a supervisor was killed, the server that answers may be its last one, about to stop.
    """
    _, server_pid = supervised_pids(places)
    holder, *_ = [*numbers_in(places.cluster / "postmaster.pid"), None]
    return server_pid is not None and server_pid == holder and ask(places) == pq.Ping.OK


def _ensure_running(places: Places) -> None:
    """Wait for the server, starting a supervisor when none lives; the start lock is ours.

    A server that answers but lets nobody in is repairing itself after a crash. That may take
    its time, and whoever gives up on it would only make it begin again. So the limit counts
    from its last answer: a single question may go unanswered while it is busy.
    """
    heard_at = time.monotonic()
    while not _is_served(places):
        if ask(places) == pq.Ping.REJECT:
            heard_at = time.monotonic()
        if time.monotonic() - heard_at > START_WITHIN:
            raise DatabaseUnavailable(
                f"The database in {places.home} did not start within {START_WITHIN:.0f} seconds. "
                f"The end of {places.log} says: {_last_words(places.log)}"
            )
        if not is_taken(places.supervisor_lock):
            _start_supervisor(places)
        time.sleep(LOOK_EVERY)


def _start_supervisor(places: Places) -> None:
    programs = programs_for(places.account, places.home)
    remove_drafts(places.home)
    if not places.cluster.exists():
        create_cluster(places, programs)
    refuse_other_version(places.cluster)
    write_configuration(places.cluster, places)
    server = (programs / "postgres", "-D", places.cluster, "-h", "", "-k", places.socket_folder)
    # The supervisor leaves its parent and returns as soon as its lock is taken. Isolated and
    # without site packages, it starts in a fifth of the time and of the memory.
    outcome = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-I", "-S", supervisor.__file__, places.home, *server],
        cwd="/",
        env=supervisor.CLEAN_ENVIRONMENT | _library_path(),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if outcome.returncode and not is_taken(places.supervisor_lock):
        raise DatabaseUnavailable(
            f"The supervisor of the database in {places.home} did not start. "
            f"It said: {outcome.stderr.strip()}"
        )


def _library_path() -> dict[str, str]:
    """Keep the one variable without which some interpreters do not find their own library."""
    return {name: path for name, path in os.environ.items() if name == "LD_LIBRARY_PATH"}


def _last_words(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    grave = [line for line in lines if "FATAL:" in line or "PANIC:" in line]
    return (grave or lines or ["nothing"])[-1]

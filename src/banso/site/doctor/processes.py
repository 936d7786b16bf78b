"""Whether what should run does, whether the port is free for it, and what a kill left behind."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

from banso.site.database import is_external
from banso.site.database.embedded.joining import supervised_pids
from banso.site.database.embedded.locks import is_taken, numbers_in
from banso.site.database.places import SOCKET_NAME, places_of
from banso.site.doctor.findings import Finding, judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import psycopg

    from banso.site.database.places import Places

SERVE_LOCK = "serve.lock"
WORKER_LOCK = "worker.lock"
UNFINISHED = ".restoring"
DEFAULT_PORT = "8000"
# The tree grows every 20 seconds at rest; entries are promised their place within a minute.
SIGNED_WITHIN = 60
SIGNED_AGO = """
SELECT extract(epoch FROM clock_timestamp() - max(signed_at))::bigint FROM ledger_checkpoint
"""
RESTART = "Start `banso serve`, which knows what is left over and takes it away."


def check_processes(data: Path, environ: Mapping[str, str]) -> list[Finding]:
    """Look for a server, for its port, and for what dead processes left in the data folder."""
    left = [] if is_external(environ) else list(_left_over(places_of(data, environ)))
    if (data / UNFINISHED).exists():
        says = f"{data} holds a restore that was cut short."
        left.append((says, "Run the same `banso restore` again; it begins anew."))
    return [
        *_serving(data, environ),
        *judge("leftovers", "Nothing of dead processes is left over.", left),
    ]


def check_worker(connection: psycopg.Connection[Any], data: Path) -> list[Finding]:
    """Beside a site that is served, somebody has to place and sign; on whichever machine."""
    if not is_taken(data / SERVE_LOCK):
        return [Finding("worker", "unknown", "The site is not served here, so no worker is due.")]
    [seconds] = connection.execute(SIGNED_AGO).fetchone() or [None]
    if seconds is not None and seconds <= SIGNED_WITHIN:
        return [Finding("worker", "good", f"The tree was signed {seconds} s ago.")]
    here = "runs here" if is_taken(data / WORKER_LOCK) else "does not run here"
    since = "never signed" if seconds is None else f"last signed {seconds} s ago"
    says = f"The ledger's tree was {since}, and a worker {here}."
    mend = "Start `banso worker`, or `banso serve` without --without-worker, and read its log."
    return [Finding("worker", "wrong", says, mend)]


def _serving(data: Path, environ: Mapping[str, str]) -> list[Finding]:
    if is_taken(data / SERVE_LOCK):
        return [Finding("port", "good", "The site is served.")]
    port = environ.get("PORT") or DEFAULT_PORT
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except (OSError, ValueError, OverflowError) as fault:
            says = f"Port {port} of this machine cannot be listened on: {fault}."
            mend = "Stop what uses it (`ss -ltnp` names it), or choose another with PORT."
            return [Finding("port", "wrong", says, mend)]
    return [Finding("port", "good", f"The site is not served; port {port} is free for it.")]


def _left_over(places: Places) -> Iterator[tuple[str, str]]:
    """List what names a process that is gone; while the server runs, all is its own."""
    if supervised_pids(places) != (None, None):
        return
    pid_file = places.cluster / "postmaster.pid"
    if pid_file.exists() and not _runs_in(places.cluster, pid_file):
        yield f"{pid_file} is of a database server that was killed.", RESTART
    sockets = (places.socket_folder / SOCKET_NAME, places.socket_folder / f"{SOCKET_NAME}.lock")
    for path in sockets:
        if path.exists() and not _is_answered(sockets[0]):
            yield f"{path} is of a database server that was killed.", RESTART


def _runs_in(cluster: Path, pid_file: Path) -> bool:
    """Tell whether the process that a file names works in the cluster's folder."""
    for number in numbers_in(pid_file)[:1]:
        try:
            return Path(f"/proc/{number}/cwd").samefile(cluster)
        except FileNotFoundError:
            return False
        except PermissionError:
            # Another user's process, which may well be the server.
            return True
    return False


def _is_answered(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0

"""`banso serve`: answer requests until told to stop, with the worker beside it."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from granian import Granian
from granian.constants import Interfaces

from banso.rehearsal.program import refusal_to_demonstrate

if TYPE_CHECKING:
    import argparse

WORKERS = 2
BLOCKING_THREADS = 2
REFUSED = 1
REST = 5.0
REST_AFTER_REFUSAL = 60.0


def run(arguments: argparse.Namespace) -> int:
    """Serve; the embedded database lives as long as this process does."""
    if settings.IS_DEMO and (refusal := refusal_to_demonstrate()):
        print(f"banso: {refusal}", file=sys.stderr)
        return REFUSED
    os.environ.setdefault("BANSO_DB_POOL", str(BLOCKING_THREADS))
    call_command("collectstatic", interactive=False, verbosity=0)
    # The workers are forks: a connection that they inherited would be one socket for all of them.
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined] # of the PostgreSQL backend
    if not arguments.without_worker:
        threading.Thread(target=keep_worker, name="worker", daemon=True).start()
    print(f"banso: http://{arguments.address}:{arguments.port}/", file=sys.stderr)
    Granian(
        "banso.site.wsgi:application",
        address=arguments.address,
        port=arguments.port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=BLOCKING_THREADS,
        log_access=False,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()
    return 0


def keep_worker() -> None:
    """Run `banso worker` as a process of its own, again whenever it ends; it ends with us.

    One that refuses said why; it is asked again later, when the operator may have mended it.
    """
    command = [sys.executable, "-m", "banso.site.command_line", "worker", "--with-parent"]
    while True:
        time.sleep(REST_AFTER_REFUSAL if run_beside(command) == REFUSED else REST)


def run_beside(command: list[str]) -> int:
    """Run a command to its end and give its exit status, from a thread of a process that forks.

    `subprocess` would wait on a pipe that a server process, forked meanwhile, keeps open.
    """
    child = os.posix_spawn(command[0], command, os.environ)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)

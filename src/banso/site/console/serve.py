"""`banso serve`: answer requests until told to stop, with the worker beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import connection
from granian import Granian
from granian.constants import Interfaces

if TYPE_CHECKING:
    import argparse

WORKERS = 2
BLOCKING_THREADS = 2
REFUSED = 1
REST = 5.0


def run(arguments: argparse.Namespace) -> int:
    """Serve; the embedded database lives as long as this process does."""
    os.environ.setdefault("BANSO_DB_POOL", str(BLOCKING_THREADS))
    call_command("collectstatic", interactive=False, verbosity=0)
    # The workers are forks: a connection that they inherited would be one socket for all of them.
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined] # of the PostgreSQL backend
    if not arguments.without_worker:
        threading.Thread(target=_keep_worker, name="worker", daemon=True).start()
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


def _keep_worker() -> None:
    """Run `banso worker` as a process of its own, again whenever it dies; it ends with us.

    One that refuses has said why, and would only say it again.
    """
    command = [sys.executable, "-m", "banso.site.command_line", "worker", "--with-parent"]
    while subprocess.run(command, check=False).returncode != REFUSED:  # noqa: S603 - our own
        time.sleep(REST)

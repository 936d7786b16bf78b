"""`banso serve`: answer requests until told to stop."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import connection
from granian import Granian
from granian.constants import Interfaces

if TYPE_CHECKING:
    import argparse

WORKERS = 2
BLOCKING_THREADS = 2


def run(arguments: argparse.Namespace) -> int:
    """Serve; the embedded database lives as long as this process does."""
    os.environ.setdefault("BANSO_DB_POOL", str(BLOCKING_THREADS))
    call_command("collectstatic", interactive=False, verbosity=0)
    # The workers are forks: a connection that they inherited would be one socket for all of them.
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined] # of the PostgreSQL backend
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

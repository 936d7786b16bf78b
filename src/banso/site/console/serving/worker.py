"""`banso worker`: give entries their place in the ledger's tree, and sign it."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, connection

from banso.ledger.clock import read_clock
from banso.ledger.signing.keys import Keyring, KeysUnfit
from banso.ledger.signing.pace import seconds_to_next_tick
from banso.ledger.signing.sequencing import LogChanged, Sequencer
from banso.site.database.embedded.supervisor import open_lock, try_lock
from banso.site.readiness import WORKER_LOCK

if TYPE_CHECKING:
    import argparse

logger = logging.getLogger(__name__)
# After a fault of the database: long enough not to press it, short beside the promised minute.
REST_AFTER_FAULT = 5.0


def run(arguments: argparse.Namespace) -> int:
    """Work until SIGTERM; a transaction under way is finished first."""
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    lock = open_lock(settings.DATA / WORKER_LOCK)
    try:
        _work(arguments, told_to_stop, lock)
    except (KeysUnfit, LogChanged) as unfit:
        print(f"banso: {unfit}", file=sys.stderr)
        return 1
    return 0


def _work(arguments: argparse.Namespace, told_to_stop: threading.Event, lock: int) -> None:
    keyring = Keyring.open(settings.LEDGER_KEYS, settings.LEDGER_ORIGIN, at=read_clock())
    sequencer = Sequencer(keyring)
    while not told_to_stop.is_set():
        # Held until we end, so that readiness can tell; a second worker takes it over.
        try_lock(lock)
        try:
            if arguments.once:
                placed = sequencer.place_batch()
                if not placed:
                    return
                continue
            sequencer.beat()
            rest = seconds_to_next_tick(read_clock())
        except DatabaseError as fault:
            # A server that restarts or a lock that times out: what waits stays, and we come back.
            logger.warning("the ledger waits: %s", type(fault).__name__)
            connection.close()
            rest = REST_AFTER_FAULT
        told_to_stop.wait(rest)

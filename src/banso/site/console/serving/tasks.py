"""`banso tasks`: do what runs later, such as mail, reminders and digests."""

from __future__ import annotations

import logging
import signal
import threading
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import Error, connection

from banso.jobs.running import Runner
from banso.site.database.embedded.supervisor import open_lock, try_lock
from banso.site.doctor.tasks import TASKS_LOCK

if TYPE_CHECKING:
    import argparse

logger = logging.getLogger(__name__)
LOOK_EVERY = 1.0
# As the sequencer does after a fault of the database.
REST_AFTER_FAULT = 5.0


def run(arguments: argparse.Namespace) -> int:
    """Work until SIGTERM; a job under way is finished first."""
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    lock = open_lock(settings.DATA / TASKS_LOCK)
    runner, is_prepared = Runner(), False
    while not told_to_stop.is_set():
        # Held until we end, so that readiness can tell; a second worker takes it over.
        try_lock(lock)
        rest = LOOK_EVERY
        try:
            if not is_prepared:
                runner.prepare()
                is_prepared = True
            ran = runner.round(told_to_stop.is_set)
            if arguments.once and not ran:
                return 0
        except Error as fault:
            # A server that restarts: its locks went with the connection, and so did ours.
            logger.warning("the tasks wait: %s", type(fault).__name__)
            connection.close()
            is_prepared, rest = False, REST_AFTER_FAULT
        told_to_stop.wait(0 if arguments.once else rest)
    return 0

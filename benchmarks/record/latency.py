"""How long an entry waits for its place in the signed tree, with many acts a second and with few."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from typing import TYPE_CHECKING

from django.db import connection

from banso.people.actors import OPERATOR_AT_CONSOLE
from banso.people.commands.bodies.register_organisation import register_organisation
from benchmarks.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ACTS_A_SECOND = 200
SECONDS = 30
WRITERS = 4
SETTLE_SECONDS = 60
LOADED_TARGET, QUIET_TARGET = 5.0, 60.0
WORKER = [sys.executable, "-m", "banso.site.command_line", "worker"]
# From the instant of the act to the instant of the first checkpoint that covers its leaf.
WAITS = """
SELECT extract(epoch FROM
         (SELECT min(signed_at) FROM ledger_checkpoint WHERE size > leaf.index) - entry.at)
  FROM ledger_entry entry JOIN ledger_leaf leaf ON leaf.entry_id = entry.number
 WHERE entry.number > %s ORDER BY 1
"""


def measure(_data: Path) -> list[Figure]:
    """Act at a steady rate beside a real worker, then once in a while."""
    worker = subprocess.Popen(WORKER, env=dict(os.environ))  # noqa: S603 - our own program
    try:
        time.sleep(SETTLE_SECONDS / 10)
        loaded = _waits_of(_act_steadily)
        quiet = _waits_of(_act_now_and_then)
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait()
    rate = len(loaded) / SECONDS
    return [
        Figure(figure="acts a second", value=rate, unit="1/s", target=f">= {ACTS_A_SECOND * 0.95}",
               met=rate >= ACTS_A_SECOND * 0.95),
        _figure("entry to signed tree, p99, under load", loaded, 0.99, LOADED_TARGET),
        _figure("entry to signed tree, median, under load", loaded, 0.5, LOADED_TARGET),
        _figure("entry to signed tree, longest, at rest", quiet, 1.0, QUIET_TARGET),
    ]  # fmt: skip


def _figure(name: str, waits: list[float], share: float, most: float) -> Figure:
    value = waits[min(int(len(waits) * share), len(waits) - 1)]
    return Figure(figure=name, value=value, unit="s", target=f"<= {most:.0f}", met=value <= most)


def _waits_of(act: Callable[[], None]) -> list[float]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number), 0) FROM ledger_entry")
        [last] = cursor.fetchone()
    act()
    until = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < until and _is_waiting():
        time.sleep(0.2)
    with connection.cursor() as cursor:
        cursor.execute(WAITS, [last])
        return [float(seconds) for [seconds] in cursor.fetchall()]


def _is_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM ledger_pending)")
        return bool(cursor.fetchone()[0])


def _act_steadily() -> None:
    began_at = time.monotonic()
    writers = [
        threading.Thread(target=_write, args=(began_at, number)) for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()


def _write(began_at: float, first: int) -> None:
    for number in range(first, ACTS_A_SECOND * SECONDS, WRITERS):
        time.sleep(max(0.0, began_at + number / ACTS_A_SECOND - time.monotonic()))
        _act()
    connection.close()


def _act_now_and_then() -> None:
    for _ in range(4):
        _act()
        time.sleep(7)


def _act() -> None:
    register_organisation(actor=OPERATOR_AT_CONSOLE, kind="other", name_ja=f"計測{uuid.uuid4()}")

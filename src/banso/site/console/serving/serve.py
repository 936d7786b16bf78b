"""`banso serve`: the one parent of everything that runs, which replaces whatever ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

from banso.site.console.parent import PARENT, PORT_TAKEN, REFUSED
from banso.site.console.start import data_folder
from banso.site.database import DatabaseUnfit, acquire, is_external
from banso.site.database.embedded.joining import wait_until_last_user_left
from banso.site.database.embedded.supervisor import Patience, open_lock, try_lock

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

WEB_PROCESSES = 2
LOOK_EVERY = 0.05
STOP_WITHIN = 10.0
BANSO = (sys.executable, "-m", "banso.site.command_line")
LOCK = "serve.lock"
WORKER_ELSEWHERE = "BANSO_WORKER_ELSEWHERE"


class Child:
    """One process that is started again whenever it ends, later after each quick death."""

    def __init__(
        self, words: Sequence[str], environ: dict[str, str], passed: Sequence[int]
    ) -> None:
        self._words, self._environ, self._passed = words, environ, passed
        self._patience = Patience()
        self._started_at = self._due_at = 0.0
        self.process: subprocess.Popen[bytes] | None = None
        self.last_status = 0

    def look_after(self, now: float) -> None:
        """Notice that it ended, and start it when it is due."""
        if self.process is not None and self.process.poll() is not None:
            wait = self._patience.after(now - self._started_at)
            self.last_status = self.process.returncode
            ended = f"{self._words[0]} ended ({self.last_status})"
            print(f"banso: {ended}; again in {wait} s", file=sys.stderr)
            self.process, self._due_at = None, now + wait
        if self.process is None and now >= self._due_at:
            self._started_at = now
            self.process = start_child(self._words, self._environ, self._passed)


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop; the embedded database lives as long as this process does."""
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    data = data_folder(os.environ)
    take_folder(data)
    with bind(arguments.address, arguments.port) as listener, ExitStack() as database:
        if not is_external(os.environ):
            cluster = acquire(data)
            cluster.guard()
            database.callback(wait_until_last_user_left, cluster)
        return _keep(arguments, listener, told_to_stop)


def _keep(
    arguments: argparse.Namespace, listener: socket.socket, told_to_stop: threading.Event
) -> int:
    environ = {**os.environ, PARENT: str(os.getpid())}
    if arguments.without_worker:
        environ[WORKER_ELSEWHERE] = "1"
    passed = (listener.fileno(),)
    words = ["web", "--socket", str(listener.fileno())]
    children = [Child(words, environ, passed)]
    # Ready is who has one of each; what answers beside the first starts once that does.
    if not arguments.without_worker:
        children.append(Child(["worker"], environ, ()))
    later = [Child(words, environ, passed) for _ in range(WEB_PROCESSES - 1)]
    # It is the web role's, so it runs here also where the ledger's worker runs elsewhere.
    later.append(Child(["tasks"], environ, ()))
    print(f"banso: http://{arguments.address}:{arguments.port}/", file=sys.stderr)
    while not told_to_stop.wait(LOOK_EVERY):
        for child in children:
            child.look_after(time.monotonic())
        if any(child.last_status == PORT_TAKEN for child in children):
            break
        if later and is_listening(listener):
            children, later = [*children, *later], []
        elif later and children[0].last_status == REFUSED:
            break
    stop([child.process for child in children if child.process is not None])
    return 0 if told_to_stop.is_set() else 1


def take_folder(data: Path) -> None:
    """Hold the data folder for as long as we live, unless another server does."""
    data.mkdir(parents=True, exist_ok=True)
    if not try_lock(open_lock(data / LOCK)):
        raise DatabaseUnfit(f"Another `banso serve` already serves {data}. Stop it first.")


def bind(address: str, port: int) -> socket.socket:
    """Take the port, on which a web process listens as soon as it can answer.

    Whoever comes earlier is refused at once and need not wait for a start.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
    except OSError as fault:
        listener.close()
        raise DatabaseUnfit(
            f"{address} port {port} cannot be listened on: {fault.strerror}. "
            f"Choose another with PORT, or stop what uses it."
        ) from fault
    listener.settimeout(0)
    return listener


def is_listening(listener: socket.socket) -> bool:
    """Tell whether a web process listens on the port, which it does once it can answer."""
    return bool(listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))


def start_child(
    words: Sequence[str], environ: dict[str, str], passed: Sequence[int]
) -> subprocess.Popen[bytes]:
    """Start a banso command that ends with us and inherits no other descriptor of ours."""
    return subprocess.Popen([*BANSO, *words], env=environ, pass_fds=passed)  # noqa: S603 - our own


def stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask all to end, and kill what has not ended in time."""
    for process in processes:
        process.terminate()
    give_up_at = time.monotonic() + STOP_WITHIN
    for process in processes:
        try:
            process.wait(max(0.0, give_up_at - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

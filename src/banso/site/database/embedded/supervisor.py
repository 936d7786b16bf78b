"""The process that keeps the server running while anyone uses it, and stops it after the last.

It is started as a script, by `joining`, and imports the standard library only: it lives as long
as the service does and should be small. It is told the home folder and the server's command.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

CLEAN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
LOOK_EVERY = 0.2
TAKE_LOCK_WITHIN = 1.0  # whoever asks whether we are alive holds the lock for an instant
STOP_WITHIN = 60.0
LEFT_BEHIND_WITHIN = 5.0
LOCK = "supervisor.lock"
WAITS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
HEALTHY_AFTER = 60.0
LARGEST_LOG = 8 * 1024 * 1024
PR_SET_PDEATHSIG = 1

kernel = ctypes.CDLL(None)


class Patience:
    """How long to wait before the next start: longer after each crash in a row."""

    def __init__(self) -> None:
        self._crashes = 0

    def after(self, lived: float) -> float:
        """Answer for a server that ended after so many seconds; a healthy minute forgives all."""
        if lived >= HEALTHY_AFTER:
            self._crashes = 0
        wait = WAITS[min(self._crashes, len(WAITS) - 1)]
        self._crashes += 1
        return wait


class Supervisor:
    """One server, kept running until nobody holds the users lock."""

    def __init__(self, home: Path, command: Sequence[str]) -> None:
        self._home = home
        self._command = command
        self._start_lock = open_lock(home / "start.lock")
        self._users_lock = open_lock(home / "users.lock")
        self._lock = open_lock(home / LOCK)
        self._patience = Patience()
        self._server: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._due_at = 0.0
        self._ending: int | None = None
        self._ways: list[signal.Signals] = []
        self._is_told_to_stop = False

    def run(self) -> None:
        """Start the server, start it again when it ends, and return when it has been stopped."""
        while not self._is_told_to_stop and not self._is_last_user_gone():
            self._look_after(time.monotonic())
            time.sleep(LOOK_EVERY)
        self._stop()

    def stop_soon(self, _signal: int, _frame: FrameType | None) -> None:
        """Stop although there are users: the machine goes down, or a person said so."""
        self._is_told_to_stop = True

    def _is_last_user_gone(self) -> bool:
        """Look for users while no one can join; when there are none, no one can from here on."""
        if not try_lock(self._start_lock):
            return False
        if try_lock(self._users_lock):
            return True
        fcntl.flock(self._start_lock, fcntl.LOCK_UN)
        return False

    def _look_after(self, now: float) -> None:
        if self._server is not None and self._server.poll() is not None:
            self._plan_restart(self._server.returncode, now)
        if self._server is not None and is_stopping(self._home / "cluster"):
            self._end(self._server.pid, "the server that somebody else told to stop")
        if self._server is None and now >= self._due_at:
            pid = server_left_behind(self._home / "cluster", self._command)
            if pid is None:
                self._start(now)
            else:
                self._end(pid, "the server of an earlier supervisor")

    def _end(self, pid: int, which: str) -> None:
        """End a server that keeps the next from starting: a dead supervisor's, or one that stops.

        The one was told to by the kernel; the other waits for clients, who never leave, and takes
        no new ones. PostgreSQL 18 can wait for ever for its checkpointer when it is told while it
        recovers from a crash; at once and unasked are as safe, and slower.
        """
        if pid != self._ending:
            self._ending = pid
            self._ways = [signal.SIGINT, signal.SIGQUIT, signal.SIGKILL]
        way = self._ways.pop(0) if len(self._ways) > 1 else self._ways[0]
        self._say(f"{which} is told to end ({way.name})")
        with suppress(ProcessLookupError):
            os.kill(pid, way)
        self._wait_until_gone(pid)

    def _wait_until_gone(self, pid: int) -> None:
        give_up_at = time.monotonic() + LEFT_BEHIND_WITHIN
        cluster = self._home / "cluster"
        while time.monotonic() < give_up_at and not self._is_told_to_stop:
            if server_left_behind(cluster, self._command) != pid:
                return
            time.sleep(LOOK_EVERY / 10)

    def _plan_restart(self, status: int, now: float) -> None:
        lived = now - self._started_at
        wait = self._patience.after(lived)
        self._say(f"the server ended ({status}) after {lived:.1f} s; again in {wait:.1f} s")
        self._server, self._due_at = None, now + wait

    def _start(self, now: float) -> None:
        cluster = self._home / "cluster"
        self._started_at = now
        try:
            forget_reused_pid(cluster)
            with open_log(self._home / "server.log") as log:
                self._server = start_server(self._command, cluster.stat(), log)
            write_pids(self._lock, os.getpid(), self._server.pid)
        except OSError as fault:
            self._due_at = now + self._patience.after(0)
            self._say(f"the server could not be started: {fault}")

    def _stop(self) -> None:
        if self._server is None:
            return
        for way in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            self._server.send_signal(way)
            try:
                self._server.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                self._say(f"the server did not stop at {way.name}")
            else:
                return

    def _say(self, sentence: str) -> None:
        # A full disk stops the log, and must not stop the supervisor, whose server still reads.
        with suppress(OSError), open_log(self._home / "server.log") as log:
            log.write(f"{time.strftime('%F %T', time.gmtime())} UTC supervisor: {sentence}\n")


def start_server(
    command: Sequence[str], owner: os.stat_result, log: TextIO
) -> subprocess.Popen[bytes]:
    """Run the server as the cluster's owner, so that it shuts down cleanly if we are killed."""
    changes_user = owner.st_uid != os.geteuid()
    supervisor = os.getpid()

    def end_with_supervisor() -> None:
        kernel.prctl(PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != supervisor:
            os._exit(1)

    return subprocess.Popen(  # noqa: S603 - the command is our parent's
        command,
        cwd="/",
        env=CLEAN_ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        user=owner.st_uid if changes_user else None,
        group=owner.st_gid if changes_user else None,
        extra_groups=[] if changes_user else None,
        start_new_session=True,
        # This runs after the change of user, which would clear the signal; and the signal
        # follows the thread, of which the supervisor has one.
        preexec_fn=end_with_supervisor,  # noqa: PLW1509 - there are no other threads
    )


def server_left_behind(cluster: Path, command: Sequence[str]) -> int | None:
    """Find a server of this cluster that was started as ours are, though not by us."""
    try:
        pid = int((cluster / "postmaster.pid").read_text().splitlines()[0])
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[:-1]
        is_here = Path(f"/proc/{pid}/cwd").samefile(cluster)
    except (OSError, ValueError, IndexError):
        return None
    return pid if is_here and words == [os.fsencode(word) for word in command] else None


def is_stopping(cluster: Path) -> bool:
    """Tell whether the server says that it stops, by the last line of its `postmaster.pid`."""
    try:
        return (cluster / "postmaster.pid").read_text().split()[-1:] == ["stopping"]
    except OSError:
        return False


def forget_reused_pid(cluster: Path) -> None:
    """Remove a `postmaster.pid` whose number now belongs to some other program.

    PostgreSQL would refuse to start for as long as that program runs. When in doubt the file
    stays: it is what keeps two servers off one cluster.
    """
    file = cluster / "postmaster.pid"
    try:
        pid = int(file.read_text().splitlines()[0])
        is_ours = Path(f"/proc/{pid}/cwd").samefile(cluster)
    except (OSError, ValueError, IndexError):
        return
    if not is_ours:
        file.unlink()


def open_log(path: Path) -> TextIO:
    """Open the log at its end, setting a large one aside first."""
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_name(f"{path.name}.1"))
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    return os.fdopen(handle, "a", encoding="utf-8")


def open_lock(path: Path) -> int:
    """Open a lock file, which `joining` has made or will."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)


def try_lock(handle: int) -> bool:
    """Take the lock for ourselves alone unless someone else has it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def take_supervisor_lock(home: Path) -> None:
    """Become the folder's supervisor, unless it has one; the lock is held until we end.

    Its file will name us and our server, so what it says of an earlier one goes first.
    """
    handle = open_lock(home / LOCK)
    give_up_at = time.monotonic() + TAKE_LOCK_WITHIN
    while not try_lock(handle):
        if time.monotonic() > give_up_at:
            sys.exit(f"Another supervisor already runs the database in {home}.")
        time.sleep(LOOK_EVERY / 10)
    write_pids(handle, 0, 0)


def write_pids(handle: int, supervisor: int, server: int) -> None:
    """Write who runs what, always in the same bytes, which needs no space on a full disk."""
    os.pwrite(handle, f"{supervisor:010}\n{server:010}\n".encode(), 0)


def detach(log: TextIO) -> None:
    """Leave the terminal and the parent, who finds the lock taken when the call returns."""
    if os.fork():
        os._exit(0)
    os.setsid()
    os.chdir("/")
    os.dup2(log.fileno(), sys.stdout.fileno())
    os.dup2(log.fileno(), sys.stderr.fileno())


def main(arguments: Sequence[str]) -> None:
    """Supervise the server of a home folder: `supervisor.py HOME COMMAND…`."""
    home, *command = arguments
    take_supervisor_lock(Path(home))
    with open_log(Path(home) / "server.log") as log:
        detach(log)
    supervisor = Supervisor(Path(home), command)
    signal.signal(signal.SIGTERM, supervisor.stop_soon)
    signal.signal(signal.SIGINT, supervisor.stop_soon)
    supervisor.run()


if __name__ == "__main__":
    main(sys.argv[1:])

"""A real `banso serve` that a bench starts, kills and waits for."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from banso.site.database.embedded.joining import supervised_pids
from banso.site.database.places import places_of
from benchmarks.served.processes import (
    PORT,
    children_of,
    is_ready,
    why_not_ready,
)

if TYPE_CHECKING:
    from pathlib import Path

GIVE_UP_SECONDS = 120.0
BANSO = (sys.executable, "-m", "banso.site.command_line")


@dataclass(slots=True)
class Site:
    """A real `banso serve`, started again when it ends, as a service manager would."""

    data: Path
    environ: dict[str, str]
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        """Start it; what is still ending may refuse it a few times."""
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [*BANSO, "serve", "--port", str(PORT)], env=self.environ, stderr=subprocess.DEVNULL
        )

    def seconds_to_ready(self) -> float:
        """Wait until it is ready, starting it when it has ended."""
        began_at = time.monotonic()
        while not is_ready():
            if time.monotonic() - began_at > GIVE_UP_SECONDS:
                log = self.data / "database" / "server.log"
                said = "\n".join(log.read_text().splitlines()[-20:]) if log.exists() else ""
                raise TimeoutError(f"not ready: {why_not_ready()}\n{said}")
            if self.process.poll() is not None:
                time.sleep(0.2)
                self.start()
            time.sleep(0.05)
        return time.monotonic() - began_at

    def victim(self, kind: str) -> int | None:
        """Find a process of a kind; the one who starts anew has none just now."""
        if kind == "parent":
            return self.process.pid
        supervisor, server = supervised_pids(places_of(self.data, self.environ))
        if kind == "supervisor":
            return supervisor
        if kind == "server":
            return server
        parent = server if kind == "backend" else self.process.pid
        words = {"web": "command_line web", "worker": "command_line worker", "backend": "postgres"}
        found = [pid for pid, line in children_of(parent) if words[kind] in line]
        return random.choice(found) if found else None  # noqa: S311 - no secret

    def stop(self) -> None:
        """Stop it as an operator does."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(GIVE_UP_SECONDS)

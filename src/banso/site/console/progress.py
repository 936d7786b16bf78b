"""A progress bar on standard error: drawn for a person, silent in a pipe."""

from __future__ import annotations

import sys
from dataclasses import dataclass

WIDTH = 30


@dataclass(slots=True)
class Progress:
    """How much of a known number of steps is done."""

    title: str
    total: int
    done: int = 0

    def step(self, what: str = "") -> None:
        """Count one step and draw the bar."""
        self.done += 1
        if not sys.stderr.isatty():
            return
        filled = WIDTH * self.done // max(self.total, 1)
        bar = "█" * filled + "░" * (WIDTH - filled)
        end = "\n" if self.done >= self.total else ""
        sys.stderr.write(f"\r{self.title} {bar} {self.done}/{self.total} {what:<40.40}{end}")
        sys.stderr.flush()


def told(what: str) -> None:
    """Say on the terminal's last line what is being done, when the number of steps is unknown."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{what:<60.60}")
        sys.stderr.flush()

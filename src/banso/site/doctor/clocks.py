"""Whether the machine's clock is right, by its kernel and by the database; no network is asked."""

from __future__ import annotations

import ctypes
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from banso.site.doctor.findings import Finding

if TYPE_CHECKING:
    import psycopg

LARGEST_OFFSET = 1.0
NOT_SYNCHRONISED = 5
MEND = "Let a time service (chrony or systemd-timesyncd) keep the clock of each machine."


def kernel_clock(state: int) -> Finding:
    """Judge the kernel's own word on whether something keeps its clock right."""
    if state in {NOT_SYNCHRONISED, -1}:
        return Finding("clock", "unknown", "The kernel knows no time service.", MEND)
    return Finding("clock", "good", "A time service keeps this machine's clock.")


def kernel_state() -> int:
    """Ask the kernel, changing nothing: `modes` is 0 in an empty request."""
    request = ctypes.create_string_buffer(512)
    return int(ctypes.CDLL(None).adjtimex(request))


def database_clock(connection: psycopg.Connection[Any]) -> Finding:
    """Compare the two clocks, of which the database's alone decides on deadlines."""
    before = datetime.now(UTC)
    [theirs] = connection.execute("SELECT clock_timestamp()").fetchone() or [before]
    after = datetime.now(UTC)
    offset = (theirs - (before + (after - before) / 2)).total_seconds()
    says = f"The database's clock is {offset:+.1f} s from this machine's."
    if abs(offset) > LARGEST_OFFSET:
        return Finding("clock of the database", "wrong", says, MEND)
    return Finding("clock of the database", "good", says)

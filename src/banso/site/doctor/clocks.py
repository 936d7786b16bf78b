"""Whether the machine's clock is right, by its kernel and by the database; no network is asked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from banso.ledger.doubt import LARGEST_OFFSET, NOT_KEPT, TRUSTED
from banso.site.doctor.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

    import psycopg

MEND = "Let a time service (chrony or systemd-timesyncd) keep the clock of each machine."
VOUCHED = "Where one keeps it without the kernel's knowledge, set BANSO_CLOCK=trusted."


def kernel_clock(state: int, environ: Mapping[str, str]) -> Finding:
    """Judge the kernel's own word on whether something keeps its clock right (A-89)."""
    if state not in NOT_KEPT:
        return Finding("clock", "good", "A time service keeps this machine's clock.")
    if environ.get("BANSO_CLOCK") == TRUSTED or environ.get("BANSO_DEMO") == "1":
        says = "The kernel knows no time service; BANSO_CLOCK says that somebody keeps the clock."
        return Finding("clock", "unknown", says, MEND)
    says = "The kernel knows no time service, so the clock is in doubt and no call closes."
    return Finding("clock", "wrong", says, f"{MEND} {VOUCHED}")


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

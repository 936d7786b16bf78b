"""How many connections one process takes, so that descriptors are left for what they ask for."""

from __future__ import annotations

import resource
from typing import Final

# What a process has open for itself: its connections to the database, logs, sockets, static files.
KEPT_BACK: Final = 64
# A connection may bring a body that is kept in a file.
FOR_EACH: Final = 2
FEWEST: Final = 8
# Idle connections cost memory, and 20 seconds each.
MOST: Final = 2_048


def raise_limit() -> int:
    """Take as many descriptors as we may have and can use; tell how many that are."""
    wanted = KEPT_BACK + FOR_EACH * MOST
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
        return allowed
    return wanted if soft == resource.RLIM_INFINITY else soft


def most_connections(descriptors: int) -> int:
    """Tell how many connections to take with so many descriptors; more wait to be taken.

    >>> [most_connections(each) for each in (64, 1_024, 20_000)]
    [8, 480, 2048]
    """
    return min(MOST, max(FEWEST, (descriptors - KEPT_BACK) // FOR_EACH))

"""Processes that end with the one that started them, which tells them its number."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PARENT = "BANSO_PARENT"
# The exit status of a web process whose port another program listens on since we took it.
PORT_TAKEN = 3
# The exit status of any command that says in a sentence why it does not do what was asked.
REFUSED = 1
PR_SET_PDEATHSIG = 1


def has_parent() -> bool:
    """Tell whether `banso serve` started us, which keeps the database for us."""
    return PARENT in os.environ


def end_with_parent() -> None:
    """Ask the kernel to kill us with our parent; one that has ended already is noticed too.

    The number comes from the parent itself: asked here, it might be that of whoever adopted us.
    """
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(os.environ[PARENT]):
        sys.exit(0)

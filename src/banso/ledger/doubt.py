"""Whether the clock that decides on deadlines can be relied on; in doubt no closing counts (A-89).

The database's clock is compared with this machine's at each reading, and whether anything keeps
this machine's right is the kernel's own word.
"""

from __future__ import annotations

import ctypes
import logging
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from datetime import datetime

LOG = logging.getLogger(__name__)
WATCHED: Final = "watched"
TRUSTED: Final = "trusted"
LARGEST_OFFSET: Final = 1.0
# TIME_ERROR: nothing keeps the clock; and no answer at all.
NOT_KEPT: Final = frozenset({5, -1})
# A clock in doubt is taken to be off by less than this, so older closings count all the same.
LONGEST: Final = timedelta(days=1)
ALARM_EVERY: Final = 60.0

_libc = ctypes.CDLL(None)


class Watch:
    """What the latest reading showed, and when we last said so."""

    def __init__(self) -> None:
        self.offset = 0.0
        self.read_at: datetime | None = None
        self._said_at = 0.0
        self._is_in_doubt = False

    def note(self, before: float, instant: datetime, after: float) -> None:
        """Compare a reading with this machine's clock just before and just after it."""
        theirs = instant.timestamp()
        self.offset = theirs - min(max(theirs, before), after)
        self.read_at = instant

    def tell(self, doubt: str) -> None:
        """Raise the alarm in the log, and say when it is over."""
        if doubt and time.monotonic() - self._said_at > ALARM_EVERY:
            self._said_at = time.monotonic()
            LOG.error("the clock is in doubt, so no call closes: %s", doubt)
        if self._is_in_doubt and not doubt:
            self._said_at = 0.0
            LOG.warning("the clock is no longer in doubt, and calls close again")
        self._is_in_doubt = bool(doubt)


watch = Watch()


def kernel_state() -> int:
    """Ask the kernel, changing nothing: `modes` is 0 in an empty request."""
    request = ctypes.create_string_buffer(512)
    return int(_libc.adjtimex(request))


def doubt() -> str:
    """Say why the clock cannot be relied on; empty when it can, or when others vouch for it."""
    found = "" if settings.CLOCK == TRUSTED else _found()
    watch.tell(found)
    return found


def closed_until(at: datetime) -> datetime:
    """Tell until when closings count at an instant; in doubt about the present, a day less."""
    is_present = watch.read_at is None or abs(at - watch.read_at) < LONGEST
    return at - LONGEST if is_present and doubt() else at


def _found() -> str:
    if abs(watch.offset) > LARGEST_OFFSET:
        return f"the database's is {watch.offset:+.1f} s from this machine's"
    return "the kernel knows no time service" if kernel_state() in NOT_KEPT else ""

"""Whether the file store is well, asked of the store itself but not at every request."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

from banso.web.file_store.contents import StoreTrouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from banso.web.file_store.contents import FileStore

FRESH_SECONDS: Final = 3.0
PATIENCE_SECONDS: Final = 2.0
UNASKED: Final = "the file store could not be asked"
NO_ANSWER: Final = f"the file store does not answer within {PATIENCE_SECONDS:.0f} seconds"


class Probe:
    """One asking, in a thread of its own that keeps nobody from ending."""

    def __init__(self, find_store: Callable[[], FileStore]) -> None:
        self._find_store = find_store
        self._is_done = threading.Event()
        # What a fault of ours leaves, whose story the log has.
        self._answer: str | None = UNASKED
        self.began_at = time.monotonic()
        threading.Thread(target=self._ask, name="file store probe", daemon=True).start()

    def _ask(self) -> None:
        try:
            self._find_store().probe()
        except StoreTrouble as found:
            self._answer = str(found)
        else:
            self._answer = None
        finally:
            self._is_done.set()

    @property
    def is_over(self) -> bool:
        """Tell whether the store has answered, and so long ago that it is asked again."""
        is_old = time.monotonic() - self.began_at > FRESH_SECONDS
        return is_old and self._is_done.is_set()

    def answer(self) -> str | None:
        """Wait a little for the store, and say what is wrong with it."""
        until = self.began_at + PATIENCE_SECONDS
        if self._is_done.wait(max(0.0, until - time.monotonic())):
            return self._answer
        return NO_ANSWER


class Watch:
    """The latest answer of a store, kept for a few seconds; it is asked once at a time."""

    def __init__(self, find_store: Callable[[], FileStore]) -> None:
        self._find_store = find_store
        self._lock = threading.Lock()
        self._probe: Probe | None = None

    def trouble(self) -> str | None:
        """Give the sentence of the latest probe; one that hangs is a sentence too."""
        with self._lock:
            if self._probe is None or self._probe.is_over:
                self._probe = Probe(self._find_store)
            probe = self._probe
        return probe.answer()

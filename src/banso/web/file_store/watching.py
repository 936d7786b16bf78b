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


class Watch:
    """The latest answer of a store, kept for a few seconds; one thread at a time asks."""

    def __init__(self, find_store: Callable[[], FileStore]) -> None:
        self._find_store = find_store
        self._asking = threading.Lock()
        self._answer: str | None = None
        self._fresh_until = 0.0

    def trouble(self) -> str | None:
        """Give the sentence of the latest probe; who comes while one runs gets the one before."""
        if time.monotonic() < self._fresh_until:
            return self._answer
        is_first = not self._fresh_until
        if self._asking.acquire(blocking=is_first):
            try:
                self._ask()
            finally:
                self._asking.release()
        return self._answer

    def _ask(self) -> None:
        if time.monotonic() < self._fresh_until:
            return
        try:
            self._find_store().probe()
        except StoreTrouble as found:
            self._answer = str(found)
        else:
            self._answer = None
        self._fresh_until = time.monotonic() + FRESH_SECONDS

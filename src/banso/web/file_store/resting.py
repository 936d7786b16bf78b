"""Leaving a store in peace that let somebody wait in vain, so that nobody queues behind them."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from banso.web.file_store.contents import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG_SECONDS: Final = 2.0
REST_SECONDS: Final = 5.0


class Rest:
    """A short time after a slow fault in which others hear of it at once; a success ends it."""

    def __init__(self) -> None:
        self._until = 0.0
        self._why = ""

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Do something with the store, unless it rests; a fault that took long begins a rest."""
        started = time.monotonic()
        if started < self._until:
            raise StoreUnavailable(self._why)
        try:
            yield
        except StoreUnavailable as fault:
            now = time.monotonic()
            if now - started > LONG_SECONDS:
                self._until, self._why = now + REST_SECONDS, str(fault)
            raise

    def end(self) -> None:
        """Take requests again."""
        self._until = 0.0

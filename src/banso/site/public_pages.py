"""Whole public pages kept in memory, each true to one version of the public record."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A rendered page, the version of the record that it shows, and until when it may be."""

    version: int
    until: datetime
    headers: tuple[tuple[str, str], ...]
    etag: str
    body: bytes

    def is_true_at(self, version: int, at: datetime) -> bool:
        """Tell whether the page still says what the record says."""
        return self.version == version and at < self.until


class PublicPages:
    """The pages of one process, by address; the least recently read one goes first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._pages: OrderedDict[str, KeptPage] = OrderedDict()
        self._bytes = 0
        self._most_bytes = most_bytes
        self._lock = Lock()

    def find(self, address: str, *, version: int, at: datetime) -> KeptPage | None:
        """Find the page of an address if it is still true."""
        with self._lock:
            kept = self._pages.get(address)
            if kept is None or not kept.is_true_at(version, at):
                return None
            self._pages.move_to_end(address)
            return kept

    def keep(self, address: str, page: KeptPage) -> None:
        """Keep the page, letting go of others until all fit."""
        if len(page.body) > self._most_bytes:
            return
        with self._lock:
            self._forget(address)
            self._pages[address] = page
            self._bytes += len(page.body)
            while self._bytes > self._most_bytes:
                self._forget(next(iter(self._pages)))

    def clear(self) -> None:
        """Let go of every page."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def _forget(self, address: str) -> None:
        if gone := self._pages.pop(address, None):
            self._bytes -= len(gone.body)

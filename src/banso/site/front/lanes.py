"""Threads that answer pages: some for visitors, others for whoever brings a session.

So a slow page of one kind never holds the threads of the other.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from banso.site.front.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")


class Lane:
    """A few threads, and a bounded queue before them."""

    def __init__(self, name: str, *, threads: int, waiting: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._most = threads + waiting
        self._taken = 0
        self._lock = Lock()

    async def run(self, work: Callable[[], Answer]) -> Answer:
        """Have a thread do the work; a queue that is full turns it away at once."""
        with self._lock:
            if self._taken >= self._most:
                raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE)
            self._taken += 1
        future = self._threads.submit(work)
        future.add_done_callback(lambda _done: self._leave())
        return await asyncio.wrap_future(future)

    def _leave(self) -> None:
        with self._lock:
            self._taken -= 1

    def close(self) -> None:
        """Take no more work; what waits is dropped."""
        self._threads.shutdown(wait=False, cancel_futures=True)

"""Whether this process can serve, asked in a thread of its own, and never twice at a time."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from banso.site.front.intake.limits import Limits

READY = (HTTPStatus.OK, b"ready\n")
TOO_SLOW = (HTTPStatus.SERVICE_UNAVAILABLE, b"whether all is well could not be told in time\n")


class Readiness:
    """The latest answer, which everybody who asks within a second shares."""

    def __init__(self, troubles: Callable[[], list[str]], limits: Limits) -> None:
        self._troubles = troubles
        self._limits = limits
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="readiness")
        self._asked: asyncio.Future[list[str]] | None = None
        self._asked_at = 0.0

    async def tell(self) -> tuple[HTTPStatus, bytes]:
        """Answer ready, or each trouble on a line of its own."""
        loop = asyncio.get_running_loop()
        asked, now = self._asked, loop.time()
        is_old = now - self._asked_at > self._limits.ready_kept_seconds
        if asked is None or (asked.done() and is_old):
            asked = self._asked = loop.run_in_executor(self._thread, self._troubles)
            self._asked_at = now
        try:
            async with asyncio.timeout(self._limits.ready_seconds):
                troubles = await asyncio.shield(asked)
        except TimeoutError:
            return TOO_SLOW
        if not troubles:
            return READY
        return HTTPStatus.SERVICE_UNAVAILABLE, "".join(f"{one}\n" for one in troubles).encode()

"""Bodies as they come in: counted, timed, and kept aside until they are whole."""

from __future__ import annotations

import asyncio
import io
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import IO, TYPE_CHECKING, Any

from banso.site.front.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from banso.site.front.intake.limits import Limits

    Receive = Callable[[], Awaitable[dict[str, Any]]]


@dataclass(slots=True)
class Body:
    """A body: in memory while it is small, then in a file that has no name."""

    memory: bytearray = field(default_factory=bytearray)
    file: IO[bytes] | None = None
    size: int = 0

    def opened(self) -> IO[bytes]:
        """Give what Django reads, from its beginning."""
        if self.file is None:
            return io.BytesIO(self.memory)
        self.file.seek(0)
        return self.file

    def close(self) -> None:
        """Let go of the file."""
        if self.file is not None:
            self.file.close()


class Bodies:
    """The bodies that one process is taking in, by client and in all."""

    def __init__(self, limits: Limits, folder: Path) -> None:
        self._limits = limits
        self._folder = folder
        self._of_client: Counter[str] = Counter()
        self._kept_bytes = 0
        # Files are written by a thread of their own, so that a slow disk delays no other answer.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="spool")

    @property
    def kept_bytes(self) -> int:
        """Tell how much is held for requests that are not answered yet."""
        return self._kept_bytes

    @contextmanager
    def hold(self, client: str) -> Iterator[Body]:
        """Count a body while it comes and is used; too many at once are turned away."""
        if (
            self._of_client[client] >= self._limits.bodies_of_client
            or self._of_client.total() >= self._limits.bodies
        ):
            raise Refusal(HTTPStatus.TOO_MANY_REQUESTS)
        self._of_client[client] += 1
        body = Body()
        try:
            yield body
        finally:
            body.close()
            self._kept_bytes -= body.size
            self._of_client[client] -= 1
            if not self._of_client[client]:
                del self._of_client[client]

    async def read(self, body: Body, receive: Receive, *, most: int) -> None:
        """Take a body in, at no less than the least mean rate, and at most so many bytes."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            while True:
                async with asyncio.timeout_at(started + self._may_take(body.size)):
                    message = await receive()
                if message["type"] == "http.disconnect":
                    # Who left does not hear it; whose chunks cannot be read is still there.
                    raise Refusal(HTTPStatus.BAD_REQUEST)
                await self._add(body, message.get("body", b""), most)
                if not message.get("more_body", False):
                    return
        except TimeoutError:
            raise Refusal(HTTPStatus.REQUEST_TIMEOUT) from None

    def _may_take(self, size: int) -> float:
        limits = self._limits
        return min(limits.grace_seconds + size / limits.bytes_per_second, limits.longest_seconds)

    async def _add(self, body: Body, chunk: bytes, most: int) -> None:
        if body.size + len(chunk) > most:
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if self._kept_bytes + len(chunk) > self._limits.spool_bytes:
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE)
        body.size += len(chunk)
        self._kept_bytes += len(chunk)
        body.memory += chunk
        if body.file is None and len(body.memory) <= self._limits.memory_bytes:
            return
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._writer, self._write, body)

    def _write(self, body: Body) -> None:
        if body.file is None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            body.file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by hold
        body.file.write(body.memory)
        body.memory = bytearray()

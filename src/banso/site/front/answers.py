"""Django's answer: made in a page's thread, and sent as the client takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from wsgiref.types import StartResponse

    Handler = Callable[[dict[str, Any], StartResponse], Any]

BATCH_BYTES = 262_144


class Answer:
    """An answer whose next part is read only when the last one was taken."""

    __slots__ = ("_content", "_parts", "_written", "headers", "is_whole", "part", "status")

    def __init__(self, handler: Handler, environ: dict[str, Any]) -> None:
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.part = b""
        self.is_whole = False
        self._written: list[bytes] = []
        self._content = handler(environ, self._start)
        self._parts: Iterator[bytes] = iter(self._content)
        self.read_on()

    def _start(
        self, status: str, headers: list[tuple[str, str]], _fault: object = None, /
    ) -> Callable[[bytes], object]:
        self.status = int(status[:3])
        self.headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ]
        return self._written.append

    def read_on(self) -> None:
        """Read the next part, in a page's thread; the last one closes the answer."""
        parts, self._written = self._written, []
        size = 0
        try:
            for part in self._parts:
                parts.append(part)
                size += len(part)
                if size >= BATCH_BYTES:
                    break
            else:
                self.is_whole = True
        except BaseException:
            self.close()
            raise
        self.part = b"".join(parts)
        if self.is_whole:
            self.close()

    def close(self) -> None:
        """Tell Django that the answer is over, so that it gives back what it holds."""
        self.is_whole = True
        close = getattr(self._content, "close", None)
        if close is not None:
            close()

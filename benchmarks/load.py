"""A bounded load on a server of this machine: closed-loop clients over kept connections."""

from __future__ import annotations

import selectors
import socket
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length:"
RECEIVE_BYTES = 1 << 18


class WrongAnswer(Exception):  # noqa: N818 - named for what happened
    """The server did not answer 200."""


@dataclass(slots=True)
class Measured:
    """What a load saw: answers, seconds, and each answer's waiting time in milliseconds."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    def percentile(self, share: float) -> float:
        """Give the wait in milliseconds that this share of answers stayed within."""
        ordered = sorted(self.waits)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


@dataclass(slots=True)
class _Client:
    connection: socket.socket
    sent_at: float = 0.0
    received: bytearray = field(default_factory=bytearray)

    def send(self, request: bytes) -> None:
        self.received.clear()
        self.sent_at = time.perf_counter()
        self.connection.sendall(request)

    def is_answered(self) -> bool:
        self.received += self.connection.recv(RECEIVE_BYTES)
        head, found, body = bytes(self.received).partition(HEAD_END)
        if not found:
            return False
        if not head.startswith(b"HTTP/1.1 200"):
            raise WrongAnswer(head.decode(errors="replace"))
        return len(body) >= _length(head)


def drive(
    port: int, addresses: Sequence[str], *, clients: int, seconds: float, headers: str = ""
) -> Measured:
    """Have the clients ask for the addresses in turn, each waiting for its answer."""
    requests = [
        f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n".encode()
        for address in addresses
    ]
    measured, sent = Measured(), 0
    with selectors.DefaultSelector() as ready:
        for number in range(clients):
            client = _Client(socket.create_connection(("127.0.0.1", port)))
            ready.register(client.connection, selectors.EVENT_READ, client)
            client.send(requests[number % len(requests)])
        started = time.perf_counter()
        while (now := time.perf_counter()) < started + seconds:
            for key, _ in ready.select(timeout=1):
                client = key.data
                if client.is_answered():
                    measured.waits.append((time.perf_counter() - client.sent_at) * 1000)
                    sent += 1
                    client.send(requests[sent % len(requests)])
        measured.seconds = now - started
        for key in list(ready.get_map().values()):
            key.data.connection.close()
    return measured


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(LENGTH):
            return int(line[len(LENGTH) :])
    raise WrongAnswer("an answer without Content-Length")

"""A scanner of one's own house: clamd, spoken to over its socket where `BANSO_CLAMD` names one.

Where one is named and does not answer, no file is taken: what cannot be looked at is not sound.
"""

from __future__ import annotations

import re
import socket
import struct
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK: Final = 1 << 18
SECONDS: Final = 30.0
_ANSWER_BYTES: Final = 4_096
_VERSION: Final = re.compile(r"ClamAV ([^/]+)/(\d+)/(.+)")


class ScannerSilent(Exception):  # noqa: N818 - a state of the scanner, not a fault in our code
    """The scanner that was named does not answer, or not in words that we know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What the scanner said, and of which day its data are."""

    found: str = ""
    data_of: str = ""


def scan(file: IO[bytes]) -> Scanned | None:
    """Let the scanner read a file; nothing where none is named."""
    address: str = settings.CLAMD
    if not address:
        return None
    data_of = _data_of(_ask(address, [b"zVERSION\0"]))
    file.seek(0)
    said = _ask(address, _stream(file))
    file.seek(0)
    if said.endswith("OK"):
        return Scanned(data_of=data_of)
    if said.endswith("FOUND"):
        return Scanned(found=said.removeprefix("stream: ").removesuffix(" FOUND"), data_of=data_of)
    raise ScannerSilent(said or "no answer")


def _data_of(said: str) -> str:
    version = _VERSION.fullmatch(said)
    if version is None:
        raise ScannerSilent(said or "no version")
    return f"ClamAV {version[1]}, {version[2]}, {version[3]}"


def _stream(file: IO[bytes]) -> Iterator[bytes]:
    yield b"zINSTREAM\0"
    while chunk := file.read(CHUNK):
        yield struct.pack("!L", len(chunk)) + chunk
    yield struct.pack("!L", 0)


def _ask(address: str, pieces: Iterator[bytes] | list[bytes]) -> str:
    try:
        with _connected(address) as line:
            for piece in pieces:
                line.sendall(piece)
            said = b""
            while not said.endswith(b"\0") and len(said) < _ANSWER_BYTES:
                part = line.recv(_ANSWER_BYTES)
                if not part:
                    break
                said += part
    except OSError as fault:
        raise ScannerSilent(str(fault)) from fault
    return said.rstrip(b"\0\n").decode("utf-8", "replace").strip()


def _connected(address: str) -> socket.socket:
    """Open a line to `unix:/path` or `host:port`."""
    if address.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(SECONDS)
            line.connect(address.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)

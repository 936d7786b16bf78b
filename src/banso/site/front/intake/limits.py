"""How much a request may bring, and how long it may take about it."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bytes, seconds and counts; those of bodies and lanes are of one process."""

    header_bytes: int = 32_768
    headers: int = 100
    address_bytes: int = 8_192
    body_bytes: int = MEGABYTE
    # What somebody who has signed in may write into one form; its fields say what they take.
    text_bytes: int = 10 * MEGABYTE
    # 10 MB may come within an hour or so; 100 bytes a second ends after 33 seconds.
    grace_seconds: float = 30.0
    bytes_per_second: float = 1_000.0
    longest_seconds: float = 3_600.0
    memory_bytes: int = 262_144
    spool_bytes: int = 2_000 * MEGABYTE
    bodies: int = 1_024
    bodies_of_client: int = 256
    waiting: int = 512
    send_seconds: float = 60.0
    # What a refused client still sends is thrown away for so long, and up to so much.
    linger_seconds: float = 2.0
    linger_bytes: int = 10 * MEGABYTE
    ready_seconds: float = 5.0
    ready_kept_seconds: float = 1.0

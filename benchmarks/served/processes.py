"""What runs for a data folder, and whether its site answers."""

from __future__ import annotations

import contextlib
import http.client
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

PORT = 8793
READY_SECONDS = 15.0


def is_ready() -> bool:
    """Ask the site whether it is ready."""
    return why_not_ready() == ""


def why_not_ready() -> str:
    """Ask the site what is missing; nothing is, or it says what."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=5).close()
    except urllib.error.HTTPError as answer:
        return answer.read().decode(errors="replace") or str(answer)
    except (urllib.error.URLError, ConnectionError, TimeoutError, http.client.HTTPException) as no:
        return str(no) or type(no).__name__
    return ""


def orphans(data: Path) -> int:
    """Count what still runs for the folder, or listens on the port."""
    deadline = time.monotonic() + READY_SECONDS
    while True:
        with socket.socket() as probe:
            left = int(probe.connect_ex(("127.0.0.1", PORT)) == 0)
        left += sum(str(data) in line for _, line in processes() if "benchmarks" not in line)
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.2)


def children_of(parent: int | None) -> list[tuple[int, str]]:
    """List the processes that a process started, with their command lines."""
    found = []
    for pid, line in processes():
        with contextlib.suppress(OSError):
            stat = Path(f"/proc/{pid}/stat").read_text()
            if int(stat.rpartition(")")[2].split()[1]) == parent:
                found.append((pid, line))
    return found


def processes() -> list[tuple[int, str]]:
    """List every process with its command line."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            found.append((int(entry.parent.name), line))
    return found

"""What every reader has in common: its limits, and its one answer."""

from __future__ import annotations

import ctypes
import json
import resource
import signal
import sys
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# A character takes at most twelve bytes of JSON; pages and notes fit into the rest.
BYTES_A_CHARACTER, BYTES_BESIDES = 12, 1 << 20
OPEN_FILES = 64
SIGNAL_AT_PARENTS_DEATH = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """The limits that the parent passes on."""

    file_bytes: int
    expanded_bytes: int
    memory_bytes: int
    characters: int
    pages: int
    cpu_seconds: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the parent is told; pages are numbers with their start and end in the text."""

    status: str
    text: str = ""
    pages: list[tuple[int, int, int]] = field(default_factory=list)
    note: str = ""


def confined(read: Callable[[bytes, Allowed, str], Answer]) -> None:
    """Limit this process, read standard input, and write the answer to standard output."""
    limits, kind = sys.argv[1:]
    allowed = Allowed(**json.loads(limits))
    _end_with_parent()
    _confine(allowed)
    try:
        written = _written(read(sys.stdin.buffer.read(allowed.file_bytes), allowed, kind))
    except MemoryError:
        written = _written(Answer("too-large", note="memory-limit"))
    except RecursionError:
        written = _written(Answer("broken", note="nested-too-deep"))
    sys.stdout.buffer.write(written)


def paged(texts: Iterable[str], allowed: Allowed, note: str = "") -> Answer:
    """Put pages together, line by line, unless they are more than is allowed."""
    written: list[str] = []
    pages: list[tuple[int, int, int]] = []
    start = 0
    for number, text in enumerate(texts, start=1):
        if number > allowed.pages:
            return Answer("too-large", note="page-limit")
        if start + len(text) > allowed.characters:
            return Answer("too-large", note="character-limit")
        written.append(text)
        pages.append((number, start, start + len(text)))
        start += len(text) + 1
    return Answer("text", "\n".join(written), pages, note)


def _written(answer: Answer) -> bytes:
    # Half a surrogate pair, which a file may hold, has no UTF-8.
    return json.dumps(asdict(answer), ensure_ascii=False).encode("utf-8", "replace")


def _end_with_parent() -> None:
    """Leave nobody reading for a process that was killed; where that is unknown, time ends it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SIGNAL_AT_PARENTS_DEATH, signal.SIGKILL)


def _confine(allowed: Allowed) -> None:
    most = allowed.characters * BYTES_A_CHARACTER + BYTES_BESIDES
    limits = {
        resource.RLIMIT_AS: allowed.memory_bytes,
        resource.RLIMIT_FSIZE: most,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
    }
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))
    # The first limit says that it was the time, the second cannot be overheard.
    resource.setrlimit(resource.RLIMIT_CPU, (allowed.cpu_seconds, allowed.cpu_seconds + 1))

"""Whether an uploaded PDF can be taken: every reason against it, as codes.

The parent looks at first and last bytes; a child process with limits opens the document.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from banso.engines.files.kinds import HEAD, holds_archive, see
from banso.engines.files.signatures import signature_in
from banso.engines.text.extraction import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

END_MARK: Final = b"%%EOF"
TAIL: Final = 65_536
# What tools write behind the end mark of a whole document.
MOST_AFTER_THE_END: Final = 1_024
LIMITS: Final = Limits(
    file_bytes=100_000_000, memory_bytes=1 << 30, pages=300, cpu_seconds=20, seconds=20.0
)
_SOURCES: Final = Path(__file__).parents[3]
_START: Final = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); "
    "runpy.run_module('banso.engines.files.reading.pdf_inspection', run_name='__main__')"
)
_ENDINGS: Final = {
    -signal.SIGXCPU: "takes-too-long",
    -signal.SIGKILL: "takes-too-much",
    -signal.SIGABRT: "takes-too-much",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What was found: faults that keep a file out, and how many pages it has."""

    faults: tuple[str, ...] = ()
    pages: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether nothing stands against the file."""
        return not self.faults


def inspect_pdf(file: IO[bytes], name: str, *, limits: Limits = LIMITS) -> Inspected:
    """Look at a file that says of itself that it is a PDF; its position is its beginning after."""
    file.seek(0, os.SEEK_END)
    size = file.tell()
    try:
        return _inspected(file, name, size, limits)
    finally:
        file.seek(0)


def _inspected(file: IO[bytes], name: str, size: int, limits: Limits) -> Inspected:
    if size == 0:
        return Inspected(faults=("empty",))
    if size > limits.file_bytes:
        return Inspected(faults=("too-large",))
    faults = list(_outer_faults(file, name, size))
    if faults:
        return Inspected(faults=tuple(dict.fromkeys(faults)))
    return _opened(file, limits)


def _outer_faults(file: IO[bytes], name: str, size: int) -> Iterator[str]:
    """Say what first bytes, last bytes and the name tell without opening the document."""
    file.seek(0)
    if found := signature_in(file):
        yield found
        return
    file.seek(0)
    seen = see(file.read(HEAD))
    if not seen.is_pdf:
        yield seen.kind
        return
    if not name.lower().rstrip(" .").endswith(".pdf"):
        yield "named-otherwise"
    file.seek(max(size - TAIL, 0))
    tail = file.read()
    if END_MARK not in tail:
        yield "cut-off"
        return
    after = tail.rpartition(END_MARK)[2]
    if holds_archive(after):
        yield "archive-behind"
    elif len(after.strip(b"\r\n\t \x00")) > 0 and len(after) > MOST_AFTER_THE_END:
        yield "something-behind"


def _opened(file: IO[bytes], limits: Limits) -> Inspected:
    answer = os.memfd_create("answer")
    try:
        ending = _run(file, limits, answer)
        if ending:
            return Inspected(faults=(_ENDINGS.get(ending, "broken"),))
        with open(answer, "rb", closefd=False) as written:
            written.seek(0)
            return _parsed(written.read())
    finally:
        os.close(answer)


def _run(file: IO[bytes], limits: Limits, answer: int) -> int:
    # Isolated as it is, the child finds the very sources that this process runs.
    words = [sys.executable, "-I", "-c", _START, str(_SOURCES), json.dumps(asdict(limits)), "pdf"]
    with subprocess.Popen(  # noqa: S603 - our own reader, without a shell
        words,
        stdin=subprocess.PIPE,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    ) as child:
        file.seek(0)
        try:
            child.communicate(file.read(), timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            return -signal.SIGXCPU
        return child.returncode


def _parsed(written: bytes) -> Inspected:
    """Read the child's answer; one that a hostile file took over may have written anything."""
    try:
        answer = json.loads(written)
        if answer["status"] == "too-large":
            return Inspected(faults=("takes-too-much",))
        told = json.loads(answer["text"])
        faults = tuple(str(one) for one in told["faults"])
        return Inspected(faults=faults, pages=int(told["pages"]))
    except (ValueError, KeyError, TypeError):
        return Inspected(faults=("broken",))

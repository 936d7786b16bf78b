"""Text out of files that strangers send, read in a child process that can do little harm.

The parent looks at the first bytes, never at the contents. The child gets the file as its
standard input, limits itself before it reads, and writes one answer into memory, not to a disk.
"""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict, get_args

from banso.engines.text.kinds import Kind, kind_by_name, kind_of

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

Status: TypeAlias = Literal["text", "encrypted", "scanned", "broken", "too-large", "unknown-kind"]

READERS: dict[Kind, str] = {
    "pdf": "pdf_file",
    "docx": "word_file",
    "latex": "latex_file",
    "markdown": "plain_file",
    "plain": "plain_file",
}
READING = "banso.engines.text.reading"
# What ended the child without an answer.
ENDINGS: dict[int, tuple[Status, str]] = {
    -signal.SIGXCPU: ("too-large", "time-limit"),
    -signal.SIGKILL: ("too-large", "memory-limit"),
    # So PDFium ends when it is refused memory.
    -signal.SIGABRT: ("too-large", "memory-limit"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one file may cost; what needs more is answered as too large."""

    file_bytes: int = 50_000_000
    expanded_bytes: int = 200_000_000
    memory_bytes: int = 1 << 29
    characters: int = 5_000_000
    pages: int = 3_000
    cpu_seconds: int = 20
    seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page and where its text is in the whole."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was read; `note` is a code, or several, for what the reader should know."""

    status: Status
    kind: Kind
    text: str = ""
    pages: list[Page] = field(default_factory=list)
    note: str = ""


class _Answer(TypedDict):
    """What a reader writes (`reading.confinement.Answer`)."""

    status: Status
    text: str
    pages: list[tuple[int, int, int]]
    note: str


DEFAULT = Limits()


def extract(path: Path, *, limits: Limits = DEFAULT) -> Extracted:
    """Read the text of a file by what it holds, whatever its name says."""
    # Seen before it is opened, which a device may answer, and after, since it may have changed.
    if not stat.S_ISREG(path.stat().st_mode):
        return Extracted("unknown-kind", "", note="not-a-file")
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
        entry = os.fstat(file.fileno())
        if not stat.S_ISREG(entry.st_mode):
            return Extracted("unknown-kind", "", note="not-a-file")
        if entry.st_size > limits.file_bytes:
            return Extracted("too-large", "", note="file-limit")
        if entry.st_size == 0:
            return Extracted("broken", "", note="empty")
        kind, status, note = kind_of(file, path.suffix)
        answer = Extracted(status, kind, note=note) if status else _read(file, kind, limits)
    return _named_otherwise(answer, path.suffix)


def _named_otherwise(answer: Extracted, suffix: str) -> Extracted:
    """Say so when the name promised another kind."""
    named = kind_by_name(suffix)
    if not named or named == answer.kind:
        return answer
    return replace(answer, note=" ".join(filter(None, (answer.note, "named-as-another-kind"))))


def _read(file: BinaryIO, kind: Kind, limits: Limits) -> Extracted:
    file.seek(0)
    # Kept in memory: the text of a protected item must not reach a disk.
    answer = os.memfd_create("answer")
    try:
        status = _run(file, kind, limits, answer)
        if status:
            ending, note = ENDINGS.get(status, ("broken", "reader-stopped"))
            return Extracted(ending, kind, note=note)
        with open(answer, "rb", closefd=False) as written:
            written.seek(0)
            try:
                return _parsed(json.load(written), kind)
            except (ValueError, KeyError, TypeError):
                # A reader that a hostile file took over may have written anything.
                return Extracted("broken", kind, note="reader-stopped")
    finally:
        os.close(answer)


def _run(file: BinaryIO, kind: Kind, limits: Limits, answer: int) -> int:
    """Run the reader of this kind to its end, at latest when its time is over."""
    words = [sys.executable, "-I", "-m", f"{READING}.{READERS[kind]}", json.dumps(asdict(limits))]
    with subprocess.Popen(  # noqa: S603 - our own reader, without a shell
        [*words, kind],
        stdin=file,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    ) as child:
        try:
            return child.wait(limits.seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            return -signal.SIGXCPU


def _parsed(answer: _Answer, kind: Kind) -> Extracted:
    if answer["status"] not in get_args(Status) or not isinstance(answer["text"], str):
        raise ValueError("this is no answer of a reader")
    pages = [Page(*page) for page in answer["pages"]]
    known = kind if answer["status"] != "unknown-kind" else ""
    return Extracted(answer["status"], known, answer["text"], pages, answer["note"])

"""Where a witness gets a log's checkpoint: an address, a bundle, or a checkpoint's file.

Whatever comes from there is a stranger's: it is bounded in size and time, and nothing in it is
believed before a signature or a proof says so.
"""

from __future__ import annotations

import contextlib
import json
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urljoin, urlsplit

from banso.ledger.verify import HASH_BYTES, SUCCESSION, Checkpoint, Frontier, is_consistent
from banso.ledger.witness.fetching import (
    STANDARD_PORTS,
    AddressRefused,
    SourceUnfit,
    decoded,
    fetch,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

LONGEST_TEXT: Final = 1 << 16
LONGEST_FACTS: Final = 1 << 20
# A log of 2**62 leaves has proofs of no more hashes than this (c2sp.org/tlog-witness allows 63).
MOST_HASHES: Final = 63
# What the standard library raises on a damaged or an encrypted zip, and on a file out of reach.
UNREADABLE: Final = (
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
PIECE: Final = HASH_BYTES << 12


class Joined(StrEnum):
    """What is known of whether one tree continues another."""

    CONSISTENT = "consistent"
    CONTRADICTED = "contradicted"
    NOT_SHOWN = "not-shown"
    NO_PROOF = "no-proof"


@dataclass(frozen=True, slots=True)
class Link:
    """Whether a larger tree continues a smaller one, with the files that show it."""

    joined: Joined
    evidence: Mapping[str, Iterable[bytes]] = field(default_factory=dict)


def no_link(smaller: Checkpoint, larger: Checkpoint) -> Link:  # noqa: ARG001 - any two
    """Say that this source holds nothing which joins trees."""
    return Link(Joined.NO_PROOF)


@dataclass(frozen=True, slots=True)
class Presented:
    """What a source presents: a checkpoint, the log's keys as it tells them, and proofs."""

    source: str
    note: str
    keys: tuple[str, ...] = ()
    successions: tuple[str, ...] = ()
    link: Callable[[Checkpoint, Checkpoint], Link] = no_link


def present(source: str) -> Presented:
    """Read a checkpoint from an address (http, https), a bundle, a folder or a file."""
    scheme, is_address, _ = source.partition("://")
    if scheme.lower() in STANDARD_PORTS:
        return _from_address(source)
    if is_address:
        raise SourceUnfit(f"{scheme}: is not fetched; give an http or https address, or a file.")
    return _from_path(Path(source))


def keys_and_successions(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    r"""Read the text of /ledger/keys: verifier keys a line each, then succession notes.

    >>> keys_and_successions("log+0a+AQ==\n\nbanso key succession\na\nb\n\n— a AA==\n")
    (('log+0a+AQ==',), ('banso key succession\na\nb\n\n— a AA==\n',))
    """
    keys: list[str] = []
    notes: list[str] = []
    is_in_note = is_at_signatures = False
    for line in text.split("\n"):
        if line == SUCCESSION:
            is_in_note, is_at_signatures = True, False
            notes.append(line + "\n")
        elif is_in_note and (not is_at_signatures or line.startswith("— ")):
            is_at_signatures = is_at_signatures or not line
            notes[-1] += line + "\n"
        elif line:
            is_in_note = False
            keys.append(line)
    return tuple(keys), tuple(notes)


# An address.


def _from_address(address: str) -> Presented:
    ledger = _ledger_of(address)
    note = _fetched_from(urljoin(ledger, "checkpoint"))
    try:
        keys, successions = keys_and_successions(_fetched_from(urljoin(ledger, "keys")))
    except SourceUnfit:
        # Only a first use and a change of keys need them, and both say when they lack them.
        keys, successions = (), ()

    def link(smaller: Checkpoint, larger: Checkpoint) -> Link:
        return _link_from_address(ledger, smaller, larger)

    return Presented(ledger, note, keys, successions, link)


def _ledger_of(address: str) -> str:
    try:
        parts = urlsplit(address)
        is_whole = parts.hostname and parts.username is None and parts.port != 0
    except ValueError as unread:
        raise SourceUnfit(f"{address} is no address: {unread}.") from unread
    if not is_whole:
        raise SourceUnfit(f"{address} is no address of a log, as https://banso.example.jp/ is.")
    path = parts.path.removesuffix("checkpoint").rstrip("/")
    path = path if path.endswith("/ledger") else f"{path}/ledger"
    return f"{parts.scheme}://{parts.netloc}{path}/"


def _fetched_from(address: str) -> str:
    try:
        return fetch(address, longest=LONGEST_TEXT)
    except AddressRefused as refused:
        raise SourceUnfit(f"{address} answered {refused}, and gave nothing.") from refused


def _link_from_address(ledger: str, smaller: Checkpoint, larger: Checkpoint) -> Link:
    words = urlencode({"first": smaller.size, "second": larger.size})
    try:
        answer = fetch(urljoin(ledger, f"consistency?{words}"), longest=LONGEST_TEXT)
    except AddressRefused as refused:
        return Link(Joined.NOT_SHOWN, {"proof.json": [f"{refused}\n".encode()]})
    hashes = _hashes_in(answer, smaller.size, larger.size)
    is_shown = hashes is not None and is_consistent(
        smaller.size, smaller.root, larger.size, larger.root, hashes
    )
    return Link(
        Joined.CONSISTENT if is_shown else Joined.NOT_SHOWN, {"proof.json": [answer.encode()]}
    )


def _hashes_in(answer: str, first: int, second: int) -> list[bytes] | None:
    """Read a proof's hashes; None where the answer is no proof between these two sizes."""
    try:
        proof = json.loads(answer)
        if (proof["first"], proof["second"]) != (first, second):
            return None
        hashes = [bytes.fromhex(one) for one in proof["hashes"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    is_proof = len(hashes) <= MOST_HASHES and all(len(one) == HASH_BYTES for one in hashes)
    return hashes if is_proof else None


# A bundle, packed or as a folder, or a checkpoint alone.


def _from_path(path: Path) -> Presented:
    try:
        if path.is_dir() or zipfile.is_zipfile(path):
            return _from_bundle(path)
        with path.open("rb") as file:
            return Presented(
                str(path), decoded(file.read(LONGEST_TEXT + 1), str(path), LONGEST_TEXT)
            )
    except UNREADABLE as unread:
        raise SourceUnfit(f"{path} could not be read: {unread}") from unread


def _from_bundle(path: Path) -> Presented:
    note = decoded(
        _start_of(path, "checkpoint", LONGEST_TEXT), f"{path}: checkpoint", LONGEST_TEXT
    )
    keys, successions = _told_in(_start_of(path, "bundle.json", LONGEST_FACTS))

    def link(smaller: Checkpoint, larger: Checkpoint) -> Link:
        return _link_from_leaves(path, smaller, larger)

    return Presented(str(path), note, keys, successions, link)


def _told_in(raw: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    try:
        facts = json.loads(raw)
        keys, successions = (
            tuple(one for one in facts[name] if isinstance(one, str))
            for name in ("keys", "successions")
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return (), ()
    return keys, successions


def _start_of(path: Path, name: str, longest: int) -> bytes:
    """Read a file of the bundle to one byte past what it may have; a missing one is empty."""
    try:
        with _member(path, name) as read:
            return read(longest + 1)
    except (KeyError, FileNotFoundError):
        return b""


@contextlib.contextmanager
def _member(path: Path, name: str) -> Iterator[Callable[[int], bytes]]:
    if path.is_dir():
        with Path(path, name).open("rb") as file:
            yield file.read
    else:
        with zipfile.ZipFile(path) as archive, archive.open(name) as packed:
            yield packed.read


def _leaves(path: Path, size: int) -> Iterator[bytes]:
    """Read the leaves in pieces; they are at the beginning of tree.bin."""
    left = size * HASH_BYTES
    with _member(path, "tree.bin") as read:
        while left and (piece := read(min(left, PIECE))):
            left -= len(piece)
            yield piece


def _link_from_leaves(path: Path, smaller: Checkpoint, larger: Checkpoint) -> Link:
    """Compute both roots from the leaves themselves: nothing is left open when they give ours."""
    try:
        first, second = _roots(path, smaller.size, larger.size)
    except (KeyError, *UNREADABLE):
        return Link(Joined.NO_PROOF)
    if second != larger.root:
        return Link(Joined.NO_PROOF)
    if first == smaller.root:
        return Link(Joined.CONSISTENT)
    return Link(Joined.CONTRADICTED, {"leaves.bin": _leaves(path, larger.size)})


def _roots(path: Path, first: int, second: int) -> tuple[bytes, bytes]:
    frontier, root = Frontier(), b""
    for piece in _leaves(path, second):
        for start in range(0, len(piece) - HASH_BYTES + 1, HASH_BYTES):
            frontier.append(piece[start : start + HASH_BYTES])
            root = frontier.root() if frontier.size == first else root
    return root, frontier.root() if frontier.size == second else b""

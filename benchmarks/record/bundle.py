"""How long an auditor waits: a bundle of 1,000,000 opened entries, verified by the script alone."""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import IO, TYPE_CHECKING

from pymerkle import InmemoryTree

from banso.ledger import verify
from banso.ledger.commitments import canonical_json, commitment
from banso.ledger.proving.bundles import BundleFacts, BundleLine, write_bundle
from banso.ledger.signing.notes import SigningKey
from banso.ledger.verify import Checkpoint, Frontier, leaf_hash
from benchmarks.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENTRIES = 1_000_000
BATCH = 10_000
WITHIN_S = 30.0
ORIGIN = "bench.example/ledger"
BEGAN = datetime(2026, 4, 1, tzinfo=UTC)
MEGABYTE = 1_000_000


def measure(data: Path) -> list[Figure]:
    """Write the bundle, verify it in a process of its own, and let pymerkle build the same root."""
    log = SampleLog()
    path = data / "bundle.zip"
    with path.open("wb") as file:
        log.write(file)
    began = time.perf_counter()
    command = [sys.executable, "-I", verify.__file__, "--key", log.key.verifier_text, str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own script
    taken = time.perf_counter() - began
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    baseline = _others(log)
    return [
        Figure(
            figure=f"{ENTRIES:,} entries verified offline",
            value=taken,
            unit="s",
            baseline=baseline,
            ratio=taken / baseline,
            target=f"< {WITHIN_S:.0f} s; baseline: root alone, pymerkle",
            met=taken < WITHIN_S,
        ),
        Figure(
            figure="memory of the verifier, and size of the bundle",
            value=kilobytes / 1000,
            unit="MB",
            baseline=path.stat().st_size / MEGABYTE,
            target="reported",
        ),
    ]


class SampleLog:
    """A log of sample acts, signed in batches."""

    def __init__(self) -> None:
        self.key = SigningKey.generate(ORIGIN)
        self.notes: list[tuple[int, datetime, str]] = []

    def lines(self) -> Iterator[tuple[bytes, BundleLine]]:
        """Give each entry, and sign the tree after every batch."""
        tree = Frontier()
        for index in range(ENTRIES):
            at = BEGAN + timedelta(seconds=index)
            text, salt = _entry(index, at), hashlib.sha256(str(index).encode()).digest()
            bound = commitment(salt, text)
            leaf = leaf_hash(bound)
            tree.append(leaf)
            if tree.size % BATCH == 0:
                body = Checkpoint(ORIGIN, tree.size, tree.root()).body
                self.notes.append((tree.size, at + timedelta(seconds=1), self.key.sign_note(body)))
            yield bound, BundleLine(index, leaf, salt, text)

    def write(self, file: IO[bytes]) -> None:
        """Write the bundle; a first pass signs, so that the checkpoints can come first."""
        self.commitments = [bound for bound, _ in self.lines()]
        notes = list(self.notes)
        facts = BundleFacts(
            origin=ORIGIN,
            size=ENTRIES,
            made_at=BEGAN + timedelta(days=30),
            reader="auditor",
            checkpoint=notes[-1][2],
            keys=(self.key.verifier_text,),
            successions=(),
            witnesses=(),
        )
        lines = (line for _, line in self.lines())
        write_bundle(file, facts=facts, checkpoints=notes, lines=lines)


def _entry(index: int, at: datetime) -> str:
    return canonical_json(
        {
            "id": uuid.UUID(int=index, version=4),
            "actor": uuid.UUID(int=index % 300, version=4),
            "act": "proposals.submit_proposal",
            "subject_type": "proposals.proposal",
            "subject_id": str(uuid.UUID(int=index, version=4)),
            "clause": "K2",
            "at": at,
            "details": {"files": ["a" * 64], "version": "b" * 64},
        }
    )


def _others(log: SampleLog) -> float:
    began = time.perf_counter()
    tree = InmemoryTree(algorithm="sha256")
    for bound in log.commitments:
        tree.append_entry(bound)
    tree.get_root()
    return time.perf_counter() - began

"""How fast the sequencer places entries, and how long proofs are; pymerkle does the same."""

from __future__ import annotations

import time
from math import ceil, log2
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from pymerkle import InmemoryTree

from banso.ledger.clock import read_clock
from banso.ledger.models import Leaf
from banso.ledger.queries import consistency_of, inclusion_of, latest_checkpoint
from banso.ledger.signing.keys import Keyring
from banso.ledger.signing.sequencing import Sequencer
from banso.ledger.verify import is_consistent, root_of_inclusion
from benchmarks.figures import Figure

if TYPE_CHECKING:
    from pathlib import Path

    from banso.ledger.queries import SignedCheckpoint

PLACED = 100_000
PLACED_A_SECOND = 5_000
PROOFS = 300
MILLISECONDS = 1_000
FILL = """
WITH entry AS (
  INSERT INTO ledger_entry
    (id, actor_id, act, subject_type, subject_id, clause, at, is_sealed, commitment)
  SELECT gen_random_uuid(), gen_random_uuid(), 'bench.act', '', '', '', now(), false,
         sha256(n::text::bytea) FROM generate_series(1, %s) n RETURNING number
) INSERT INTO ledger_pending SELECT number FROM entry
"""


def measure(_data: Path) -> list[Figure]:
    """Place, prove and compare."""
    with connection.cursor() as cursor:
        cursor.execute(FILL, [PLACED])
    be("sequencer")
    keyring = Keyring.open(settings.LEDGER_KEYS, settings.LEDGER_ORIGIN, at=read_clock())
    began = time.perf_counter()
    placed = Sequencer(keyring).run()
    taken = time.perf_counter() - began
    be("web")
    theirs, their_rate = _others(placed)
    last = latest_checkpoint()
    if last is None or last.root != theirs.get_root():
        raise RuntimeError("the two roots differ")
    return [
        Figure(
            figure="entries placed and signed, in batches",
            value=placed / taken,
            unit="1/s",
            baseline=their_rate,
            ratio=placed / taken / their_rate,
            target=f"≥ {PLACED_A_SECOND}; baseline pymerkle in memory",
            met=placed / taken >= PLACED_A_SECOND,
        ),
        *_proofs(last, theirs),
    ]


def be(role: str) -> None:
    """Become another role of the database."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined] # of the PostgreSQL backend
    connection.settings_dict["USER"] = settings.DATABASE_ROLES[role]


def _others(count: int) -> tuple[InmemoryTree, float]:
    commitments = [
        bytes(one)
        for one in Leaf.objects.order_by("index").values_list("entry__commitment", flat=True)
    ]
    tree = InmemoryTree(algorithm="sha256")
    began = time.perf_counter()
    for commitment in commitments:
        tree.append_entry(commitment)
    tree.get_root()
    return tree, count / (time.perf_counter() - began)


def _proofs(last: SignedCheckpoint, theirs: InmemoryTree) -> list[Figure]:
    size, dice = last.size, Random(1)  # noqa: S311 - which leaves to prove
    longest, ours_taken, theirs_taken = 0, [], []
    for index in (dice.randrange(size) for _ in range(PROOFS)):
        leaf = bytes(Leaf.objects.get(index=index).hash)
        began = time.perf_counter()
        proof = inclusion_of(leaf, size)
        ours_taken.append(time.perf_counter() - began)
        if proof is None or root_of_inclusion(index, size, leaf, proof.hashes) != last.root:
            raise RuntimeError(f"leaf {index} is not proven")
        longest = max(longest, len(proof.hashes))
        began = time.perf_counter()
        theirs.prove_inclusion(index + 1, size)
        theirs_taken.append(time.perf_counter() - began)
    bound = ceil(log2(size))
    return [
        Figure(
            figure=f"longest inclusion proof of {size:,} entries",
            value=longest,
            unit="hashes",
            baseline=bound,
            ratio=longest / bound,
            target="≤ ⌈log₂ n⌉",
            met=longest <= bound,
        ),
        _times("inclusion proof from the database", ours_taken, theirs_taken),
        _consistency(last, theirs, dice),
    ]


def _consistency(last: SignedCheckpoint, theirs: InmemoryTree, dice: Random) -> Figure:
    ours_taken, theirs_taken = [], []
    for first in (dice.randrange(1, last.size) for _ in range(PROOFS)):
        began = time.perf_counter()
        hashes = consistency_of(first, last.size)
        ours_taken.append(time.perf_counter() - began)
        if not is_consistent(first, theirs.get_root(first), last.size, last.root, hashes):
            raise RuntimeError(f"the tree of {first} is not proven")
        began = time.perf_counter()
        theirs.prove_consistency(first, last.size)
        theirs_taken.append(time.perf_counter() - began)
    return _times("consistency proof from the database", ours_taken, theirs_taken)


def _times(figure: str, ours: list[float], theirs: list[float]) -> Figure:
    value, baseline = median(ours) * MILLISECONDS, median(theirs) * MILLISECONDS
    return Figure(
        figure=figure,
        value=value,
        unit="ms",
        baseline=baseline,
        ratio=value / baseline,
        target="reported; baseline pymerkle in memory",
    )

"""What everybody may read of the ledger: checkpoints, proofs, tiles, keys and witnesses.

Nothing here tells an act, a name or the instant of an entry, nor whether entries wait: whoever
asks somebody to answer could watch for it (C5). That a record is late, its person alone sees.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from django.conf import settings

from banso.ledger import queries
from banso.ledger.clock import read_clock
from banso.ledger.models import Checkpoint, Cosignature, Pending
from banso.ledger.queries import TILE_WIDTH, SignedCheckpoint
from banso.ledger.verify import VerifierKey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from banso.ledger.models import LogKey, Witness
    from banso.people.actors import Actor

PROMISED: Final = timedelta(seconds=60)
# As tiled logs write a tile's number: 1234067 is x001/x234/067, and .p/5 has its first 5 hashes.
_TILE: Final = re.compile(r"((?:x[0-9]{3}/){0,4}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")
_LEVEL: Final = re.compile(r"[0-9]|[1-5][0-9]|6[0-3]")
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,17}")


class Unanswered(Exception):  # noqa: N818 - named for what happens, as the house does
    """A program asked for what cannot be given; a code that has its sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyShown:
    """A key of the log: how to recognise it, and since when it signs."""

    text: str
    id: str
    fingerprint: str
    added_at: datetime
    overlap_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessShown:
    """An organisation that checks the log, and the largest checkpoint that it signed."""

    witness: Witness
    size: int | None
    signed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage:
    """Where the log stands now, and how long a record of the viewer's own has waited."""

    origin: str
    latest: SignedCheckpoint | None
    minutes_old: int
    is_late: bool
    minutes_waiting: int
    keys: list[KeyShown]
    witnesses: list[WitnessShown]
    script_sha256: str


def ledger_page(viewer: Actor) -> LedgerPage:
    """Read what the page says of the log; what waits, it says of the viewer's own records."""
    at, latest = read_clock(), queries.latest_checkpoint()
    oldest = None if viewer.is_visitor else _oldest_waiting(viewer)
    waiting = at - oldest if oldest else timedelta()
    return LedgerPage(
        origin=settings.LEDGER_ORIGIN,
        latest=latest,
        minutes_old=(at - latest.signed_at) // timedelta(minutes=1) if latest else 0,
        is_late=waiting > PROMISED,
        minutes_waiting=waiting // timedelta(minutes=1),
        keys=[_shown(key) for key in queries.log_keys()],
        witnesses=witnesses_shown(),
        script_sha256=hashlib.sha256(verify_script()).hexdigest(),
    )


def _oldest_waiting(viewer: Actor) -> datetime | None:
    own = Pending.objects.filter(entry__actor_id=viewer.person_id).order_by("pk")
    return own.values_list("entry__at", flat=True).first()


def witnesses_shown() -> list[WitnessShown]:
    """List the witnesses, each with what it signed last."""
    by_witness = Cosignature.objects.order_by("witness_id", "-checkpoint_id")
    last = {one.witness_id: one for one in by_witness.distinct("witness_id")}
    return [
        WitnessShown(
            witness=witness,
            size=last[witness.pk].checkpoint_id if witness.pk in last else None,
            signed_at=last[witness.pk].at if witness.pk in last else None,
        )
        for witness in queries.witnesses()
    ]


def _shown(key: LogKey) -> KeyShown:
    parsed = VerifierKey.parse(key.verifier_key)
    return KeyShown(
        text=key.verifier_key,
        id=parsed.id.hex(),
        fingerprint=hashlib.sha256(parsed.public).hexdigest(),
        added_at=key.added_at,
        overlap_until=key.overlap_until,
    )


def latest_note() -> str:
    """Give the latest checkpoint as a signed note."""
    latest = queries.latest_checkpoint()
    if latest is None:
        raise Unanswered("no-checkpoint-yet")
    return latest.note


def note_of_size(size: str) -> str:
    """Give the checkpoint of a size as a signed note."""
    try:
        found = queries.checkpoint_at(int(size)) if _SIZE.fullmatch(size) else None
    except Checkpoint.DoesNotExist:
        found = None
    if found is None:
        raise Unanswered("checkpoint-not-signed")
    return found.note


def keys_text() -> str:
    """Write the keys, newest first, and the notes by which each older one names the next."""
    keys = list(queries.log_keys())
    lines = "".join(f"{key.verifier_key}\n" for key in keys)
    return "\n".join([lines, *(key.succession for key in keys if key.succession)])


def inclusion(leaf: str, size: int | None) -> Mapping[str, object]:
    """Prove to a program that a leaf stands in the tree of a size."""
    latest = _latest_size()
    size = latest if size is None else size
    if size > latest:
        raise Unanswered("tree-not-that-large", latest=latest)
    found = queries.inclusion_of(bytes.fromhex(leaf), size)
    if found is None:
        raise Unanswered("leaf-not-in-the-tree", size=size)
    return {
        "origin": settings.LEDGER_ORIGIN,
        "leaf": leaf.lower(),
        "index": found.index,
        "size": found.size,
        "hashes": [hash_.hex() for hash_ in found.hashes],
    }


def consistency(first: int, second: int) -> Mapping[str, object]:
    """Prove to a program that the second tree only added to the first."""
    latest = _latest_size()
    if second > latest:
        raise Unanswered("tree-not-that-large", latest=latest)
    return {
        "origin": settings.LEDGER_ORIGIN,
        "first": first,
        "second": second,
        "hashes": [hash_.hex() for hash_ in queries.consistency_of(first, second)],
    }


def _latest_size() -> int:
    latest = queries.latest_checkpoint()
    if latest is None:
        raise Unanswered("no-checkpoint-yet")
    return latest.size


def tile(level: str, place: str) -> bytes:
    """Give a tile by the path that tiled logs use (c2sp.org/tlog-tiles)."""
    found = _TILE.fullmatch(place)
    if not found or not _LEVEL.fullmatch(level):
        raise Unanswered("tile-not-there")
    number, width = int(found[1].replace("x", "").replace("/", "")), int(found[2] or TILE_WIDTH)
    if tile_path(number) != found[1] or (found[2] and width >= TILE_WIDTH):
        raise Unanswered("tile-not-there")
    hashes = queries.tile(int(level), number, width)
    if hashes is None:
        raise Unanswered("tile-not-there")
    return hashes


def tile_path(number: int) -> str:
    """Write a tile's number as its path.

    >>> tile_path(5), tile_path(1234067)
    ('005', 'x001/x234/067')
    """
    path = f"{number % 1000:03d}"
    while number := number // 1000:
        path = f"x{number % 1000:03d}/{path}"
    return path


def verify_script() -> bytes:
    """Read the script that verifies alone, as it is handed out."""
    return files("banso.ledger").joinpath("verify.py").read_bytes()

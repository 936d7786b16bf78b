"""A bundle of the ledger: every leaf, and what its reader may read of them (C5)."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Literal

from django.conf import settings

from banso.ledger import queries
from banso.ledger.clock import read_clock
from banso.ledger.proving.bundles import BundleFacts, BundleLine, write_bundle
from banso.people.actors import AUDITOR
from banso.proofs.queries.receipts import witness_keys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from banso.ledger.queries import SignedCheckpoint
    from banso.people.actors import Actor

Reader = Literal["auditor", "person"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePage:
    """What the bundle would hold for this reader; without a checkpoint there is none."""

    reader: Reader
    latest: SignedCheckpoint | None
    own: int


def bundle_page(viewer: Actor) -> BundlePage:
    """Read what is said before a bundle is taken."""
    return BundlePage(
        reader=reader_of(viewer),
        latest=queries.latest_checkpoint(),
        own=queries.own_entries(*viewer.selves).filter(leaf__isnull=False).count(),
    )


def reader_of(viewer: Actor) -> Reader:
    """Tell as whom the viewer takes a bundle."""
    return "auditor" if viewer.holds({AUDITOR}) else "person"


def bundle_file(viewer: Actor, latest: SignedCheckpoint) -> IO[bytes]:
    """Write the bundle of a checkpoint into a nameless file, which goes when it is closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it after its last byte
    write_bundle(
        file,
        facts=_facts(viewer, latest),
        checkpoints=_checkpoints(latest.size),
        lines=_lines(viewer, latest.size),
    )
    file.seek(0)
    return file


def _facts(viewer: Actor, latest: SignedCheckpoint) -> BundleFacts:
    # The oldest first: by it the verifier judges the keys after it.
    keys = list(queries.log_keys().reverse())
    return BundleFacts(
        origin=settings.LEDGER_ORIGIN,
        size=latest.size,
        made_at=read_clock(),
        reader=reader_of(viewer),
        checkpoint=latest.note,
        keys=tuple(key.verifier_key for key in keys),
        successions=tuple(key.succession for key in keys if key.succession),
        witnesses=witness_keys(),
    )


def _checkpoints(size: int) -> Iterator[tuple[int, datetime, str]]:
    signed = queries.checkpoints().filter(size__lte=size)
    yield from signed.values_list("size", "signed_at", "note").iterator()


def _lines(viewer: Actor, size: int) -> Iterator[BundleLine]:
    is_auditor = reader_of(viewer) == "auditor"
    for line in queries.lines(size, viewer.person_id, is_auditor=is_auditor):
        yield BundleLine(line.index, line.leaf, line.salt, line.text, line.erased_at)

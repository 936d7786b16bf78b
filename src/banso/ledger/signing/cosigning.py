"""Keeping what witnesses sign: a cosignature proves itself, so anyone may hand it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.models import Checkpoint, Cosignature, Witness
from banso.ledger.verify import Checkpoint as Body
from banso.ledger.verify import Note, VerifierKey, cosigned_at

if TYPE_CHECKING:
    from collections.abc import Iterator


class NotOurs(Exception):  # noqa: N818 - named for what was found
    """The note is not one of our checkpoints, or no witness of ours has signed it."""


def keep_cosignatures(text: str) -> list[Cosignature]:
    """Keep each registered witness's signature under a checkpoint of ours.

    A witness that signed the same checkpoint before keeps its first instant, which says more.
    """
    note = Note.parse(text)
    ours = Checkpoint.objects.filter(size=Body.parse(note.body).size).first()
    if ours is None or Note.parse(ours.note).body != note.body:
        raise NotOurs("This is not a checkpoint that our log has signed.")
    found = [*_cosignatures(note, ours)]
    if not found:
        raise NotOurs("No witness that is registered here has signed this checkpoint.")
    Cosignature.objects.bulk_create(found, ignore_conflicts=True)
    return found


def _cosignatures(note: Note, checkpoint: Checkpoint) -> Iterator[Cosignature]:
    for witness in Witness.objects.order_by("pk"):
        key = VerifierKey.parse(witness.verifier_key)
        at = cosigned_at(note, key)
        line = next((one.line for one in note.signatures if one.key_id == key.id), "")
        if at is not None:
            yield Cosignature(checkpoint=checkpoint, witness=witness, line=f"{line}\n", at=at)

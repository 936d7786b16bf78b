"""What a witness does: it cosigns a log's checkpoints as long as each continues the last.

A witness belongs to another organisation than the log. It needs no database; its folder holds
its key, the last checkpoint that it cosigned, and evidence (c2sp.org/tlog-witness and
c2sp.org/tlog-cosignature, fetched by the witness instead of submitted by the log).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from banso.ledger.commitments import instant_text
from banso.ledger.verify import (
    EMPTY_ROOT,
    Checkpoint,
    Note,
    Wrong,
    cosigned_at,
    signed_by,
    successor_in,
)
from banso.ledger.witness.evidence import evidence_of
from banso.ledger.witness.folder import Record, TrustedKey, write_whole
from banso.ledger.witness.sources import LONGEST_TEXT, Joined, Link, no_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from banso.ledger.signing.notes import SigningKey
    from banso.ledger.verify import VerifierKey
    from banso.ledger.witness.folder import WitnessFolder
    from banso.ledger.witness.sources import Presented

MOST_SUCCESSIONS: Final = 64


class Outcome(StrEnum):
    """What became of a checkpoint that was presented."""

    COSIGNED = "cosigned"
    NOTHING_NEW = "nothing-new"
    NOT_A_CHECKPOINT = "not-a-checkpoint"
    KEY_NEEDED = "key-needed"
    KEY_DIFFERS = "key-differs"
    NOT_SIGNED = "not-signed"
    RETIRED_KEY = "retired-key"
    STATE_LOST = "state-lost"
    PROOF_MISSING = "proof-missing"
    OLD = "old"
    OLD_WITHOUT_PROOF = "old-without-proof"
    NOT_SHOWN = "not-shown"
    ROLLED_BACK = "rolled-back"
    FORK = "fork"


KEEPS_EVIDENCE: Final = {Outcome.NOT_SHOWN, Outcome.ROLLED_BACK, Outcome.FORK}
DONE: Final = {Outcome.COSIGNED, Outcome.NOTHING_NEW}
LARGER: Final = {
    Joined.CONSISTENT: Outcome.COSIGNED,
    Joined.CONTRADICTED: Outcome.FORK,
    Joined.NOT_SHOWN: Outcome.NOT_SHOWN,
    Joined.NO_PROOF: Outcome.PROOF_MISSING,
}
SMALLER: Final = {
    Joined.CONSISTENT: Outcome.OLD,
    Joined.CONTRADICTED: Outcome.FORK,
    Joined.NOT_SHOWN: Outcome.ROLLED_BACK,
    Joined.NO_PROOF: Outcome.OLD_WITHOUT_PROOF,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a run found: both checkpoints, the keys it took up, and where evidence is kept."""

    outcome: Outcome
    presented: Checkpoint | None = None
    seen: Checkpoint | None = None
    adopted: tuple[str, ...] = ()
    evidence: Path | None = None

    @property
    def is_done(self) -> bool:
        """Whether the checkpoint is cosigned, now or before."""
        return self.outcome in DONE


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to become of a checkpoint, with the chain of keys that its signature leads to."""

    outcome: Outcome
    keys: tuple[TrustedKey, ...] = ()
    evidence: Mapping[str, Iterable[bytes]] = field(default_factory=dict)


def check(
    folder: WitnessFolder,
    presented: Presented,
    *,
    log_key: VerifierKey | None,
    out: Path,
    at: datetime,
) -> Finding:
    """Cosign what is presented, or refuse it and keep the evidence; one run at a time."""
    with folder.locked():
        key, record = folder.key(), folder.record()
        seen = record.checkpoint if record else None
        try:
            note = Note.parse(presented.note)
            checkpoint = Checkpoint.parse(note.body)
        except Wrong:
            return Finding(Outcome.NOT_A_CHECKPOINT, seen=seen)
        if _is_ahead([presented.note, _text_of(out)], seen, key, checkpoint.origin):
            return Finding(Outcome.STATE_LOST, checkpoint, seen)
        judgement = judge(record, presented, log_key=log_key, at=at)
        finding = Finding(judgement.outcome, checkpoint, seen)
        if finding.is_done:
            known = record.keys if record else judgement.keys[:1]
            _release(folder, _cosigned(record, judgement, note, key=key, at=at), out)
            return replace(finding, adopted=tuple(one.key for one in judgement.keys[len(known) :]))
        if record is None or judgement.outcome not in KEEPS_EVIDENCE:
            return finding
        name, files = evidence_of(
            record, presented, judgement.evidence, outcome=judgement.outcome, at=at
        )
        return replace(finding, evidence=folder.keep_evidence(name, files))


def judge(
    record: Record | None, presented: Presented, *, log_key: VerifierKey | None, at: datetime
) -> Judgement:
    """Tell whether a checkpoint is the log's and continues the last one; nothing is written."""
    note = Note.parse(presented.note)
    checkpoint = Checkpoint.parse(note.body)
    keys = record.keys if record else _pinned(log_key, at)
    if not keys:
        return Judgement(Outcome.KEY_NEEDED)
    keys = _followed(keys, note, presented.successions, at)
    distrust = _distrust(keys, note, checkpoint, log_key)
    if distrust or record is None:
        return Judgement(distrust or Outcome.COSIGNED, keys)
    seen = record.checkpoint
    if checkpoint.size > seen.size and not signed_by(note, keys[-1].verifier_key):
        return Judgement(Outcome.RETIRED_KEY)
    outcome, link = _compared(seen, checkpoint, presented)
    return Judgement(outcome, keys, link.evidence)


def _distrust(
    keys: tuple[TrustedKey, ...], note: Note, checkpoint: Checkpoint, log_key: VerifierKey | None
) -> Outcome | None:
    if log_key and log_key.text not in {one.key for one in keys}:
        return Outcome.KEY_DIFFERS
    is_signed = any(signed_by(note, one.verifier_key) for one in keys)
    if not is_signed or checkpoint.origin != keys[-1].verifier_key.name:
        return Outcome.NOT_SIGNED
    if checkpoint.extensions or (checkpoint.size == 0 and checkpoint.root != EMPTY_ROOT):
        return Outcome.NOT_A_CHECKPOINT
    return None


def _compared(
    seen: Checkpoint, checkpoint: Checkpoint, presented: Presented
) -> tuple[Outcome, Link]:
    if checkpoint.size == seen.size:
        is_same = checkpoint.root == seen.root
        return (Outcome.NOTHING_NEW if is_same else Outcome.FORK), no_link(seen, checkpoint)
    if checkpoint.size > seen.size:
        link = _link(seen, checkpoint, presented)
        return LARGER[link.joined], link
    link = _link(checkpoint, seen, presented)
    return SMALLER[link.joined], link


def _link(smaller: Checkpoint, larger: Checkpoint, presented: Presented) -> Link:
    # Every tree continues the empty one, and no proof says so.
    return presented.link(smaller, larger) if smaller.size else Link(Joined.CONSISTENT)


# Keys.


def _pinned(log_key: VerifierKey | None, at: datetime) -> tuple[TrustedKey, ...]:
    return (TrustedKey(log_key.text, instant_text(at)),) if log_key else ()


def _followed(
    keys: tuple[TrustedKey, ...], note: Note, successions: Sequence[str], at: datetime
) -> tuple[TrustedKey, ...]:
    """Follow successions from the newest key to the last one that signed this note.

    A key that was retired names nobody any more, and none comes back.
    """
    chains, known = [keys], {one.key for one in keys}
    for chain in chains:
        for text in successions[:MOST_SUCCESSIONS]:
            new = _successor(text, chain[-1].verifier_key)
            if new and new.text not in known:
                known.add(new.text)
                chains.append((*chain, TrustedKey(new.text, instant_text(at), text)))
    signed = (one for one in reversed(chains) if signed_by(note, one[-1].verifier_key))
    return next(signed, keys)


def _successor(text: str, old: VerifierKey) -> VerifierKey | None:
    try:
        return successor_in(Note.parse(text), old)
    except Wrong:
        return None


# What leaves the witness.


def _is_ahead(notes: Sequence[str], seen: Checkpoint | None, key: SigningKey, origin: str) -> bool:
    """Tell whether this key has cosigned what the folder does not know: its state was lost.

    What is remembered is durable before a cosignature leaves, so that nothing is ever ahead of it
    unless the folder was put back from a copy, or the key is used in two folders.
    """
    return any(
        checkpoint.origin == origin and (seen is None or checkpoint.size > seen.size)
        for checkpoint in (_cosigned_by(key, text) for text in notes)
        if checkpoint
    )


def _cosigned_by(key: SigningKey, text: str) -> Checkpoint | None:
    try:
        note = Note.parse(text)
        return Checkpoint.parse(note.body) if cosigned_at(note, key.cosigner_key) else None
    except Wrong:
        return None


def _cosigned(
    record: Record | None, judgement: Judgement, note: Note, *, key: SigningKey, at: datetime
) -> Record:
    """Write what is to be remembered, with the log's own signatures and this witness's."""
    if record and judgement.outcome is Outcome.NOTHING_NEW:
        return Record(judgement.keys, record.note)
    ids = {(one.verifier_key.name, one.verifier_key.id) for one in judgement.keys}
    log = tuple(one for one in note.signatures if (one.name, one.key_id) in ids)
    return Record(judgement.keys, Note(note.body, log).text + key.cosign(note.body, at))


def _release(folder: WitnessFolder, record: Record, out: Path) -> None:
    """Let the cosignature leave, once what it promises is durable; a whole one is left alone."""
    if record == folder.record() and record.note == _text_of(out):
        return
    folder.remember(record)
    write_whole(out, [record.note.encode()], mode=0o644)


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST_TEXT).decode(errors="replace")
    except FileNotFoundError:
        return ""

"""A person's receipts: what they did, and the proof that it is on record; nobody else's (C5)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings

from banso.ledger import queries
from banso.ledger.clock import read_clock
from banso.ledger.models import Entry
from banso.ledger.proving.bundles import ReceiptFacts, WitnessKey
from banso.ledger.verify import leaf_hash
from banso.proofs.queries.ledger import PROMISED
from banso.proofs.queries.subjects import titles_of
from banso.web.fronts import fronts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from banso.ledger.queries import Inclusion, Opened, SignedCheckpoint
    from banso.people.actors import Actor
    from banso.web.fronts import Receipted


@cache
def receipt_kinds() -> Mapping[str, StrOrPromise]:
    """Name the kinds of receipts that there are, in the order of their places."""
    kinds = [one for front in fronts().values() for one in front.receipt_kinds.items()]
    return {code: kind.label for code, kind in sorted(kinds, key=lambda one: one[1].place)}


@cache
def receipted() -> Mapping[str, Receipted]:
    """Join what the apps say of acts that give a receipt."""
    return {act: told for front in fronts().values() for act, told in front.receipts.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRow:
    """A receipt in the list: what was done, to what, when, and whether it has its place."""

    entry: Entry
    number: str
    words: StrOrPromise
    kind: StrOrPromise
    title: str
    is_placed: bool
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """One receipt with its proof; `proof` and `checkpoint` come when the entry has its place."""

    opened: Opened
    title: str
    at: datetime
    checkpoint: SignedCheckpoint | None
    proof: Inclusion | None

    @property
    def entry(self) -> Entry:
        """The entry of which this is the receipt."""
        return self.opened.entry

    @property
    def number(self) -> str:
        """The short number, to tell receipts apart by eye."""
        return short_number(self.entry.id)

    @property
    def act(self) -> Receipted:
        """What was done, in words."""
        return receipted()[self.entry.act]

    @property
    def commitment(self) -> bytes:
        """The hash that binds the entry's text."""
        return bytes(self.entry.commitment)

    @property
    def leaf(self) -> bytes:
        """The hash that stands in the ledger."""
        return leaf_hash(self.commitment)

    @property
    def is_late(self) -> bool:
        """Whether the entry has waited for its place longer than promised."""
        return self.proof is None and self.at - self.entry.at > PROMISED

    @cached_property
    def details(self) -> Mapping[str, Any]:
        """What the act recorded; nothing once it was erased."""
        details: Mapping[str, Any] = json.loads(self.opened.text or "{}").get("details", {})
        return details

    @property
    def shown_details(self) -> list[tuple[StrOrPromise, str]]:
        """What of it a receipt shows, with labels."""
        return [
            (detail.label, str(detail.names.get(told, told)))
            for name, detail in self.act.details.items()
            if (told := self.details.get(name))
        ]

    @property
    def files(self) -> list[Mapping[str, Any]]:
        """The files of a submission, with their hashes."""
        return list(self.details.get("files", []))


def short_number(entry_id: UUID) -> str:
    """Shorten an entry's number for eyes.

    >>> from uuid import UUID
    >>> short_number(UUID("0f3a9c11-0000-4000-8000-000000000000"))
    '0F3A-9C11'
    """
    digits = entry_id.hex.upper()
    return f"{digits[:4]}-{digits[4:8]}"


def receipts_of(viewer: Actor, kind: str) -> QuerySet[Entry]:
    """List the entries of which the viewer has receipts, latest first; of every kind or of one."""
    acts = [act for act, told in receipted().items() if kind in {"", told.kind}]
    return queries.own_entries(*viewer.selves).filter(act__in=acts)


def receipt_rows(viewer: Actor, entries: Iterable[Entry]) -> list[ReceiptRow]:
    """Make the rows of a page of the list."""
    entries, at = list(entries), read_clock()
    titles = titles_of(viewer, entries)
    return [_row(entry, titles, at) for entry in entries]


def _row(entry: Entry, titles: Mapping[tuple[str, str], str], at: datetime) -> ReceiptRow:
    act, is_placed = receipted()[entry.act], hasattr(entry, "leaf")
    return ReceiptRow(
        entry=entry,
        number=short_number(entry.id),
        words=act.words,
        kind=receipt_kinds()[act.kind],
        title=titles.get((entry.subject_type, entry.subject_id), ""),
        is_placed=is_placed,
        is_late=not is_placed and at - entry.at > PROMISED,
    )


def receipt_of(viewer: Actor, entry_id: UUID) -> Receipt:
    """Find one receipt of the viewer's own; anything else does not exist for them (C5)."""
    opened = queries.own_entry(entry_id, *viewer.selves)
    if opened.entry.act not in receipted():
        raise Entry.DoesNotExist
    titles = titles_of(viewer, [opened.entry])
    checkpoint = _checkpoint_for(opened.index)
    leaf = leaf_hash(bytes(opened.entry.commitment))
    return Receipt(
        opened=opened,
        title=titles.get((opened.entry.subject_type, opened.entry.subject_id), ""),
        at=read_clock(),
        checkpoint=checkpoint,
        proof=queries.inclusion_of(leaf, checkpoint.size) if checkpoint else None,
    )


def _checkpoint_for(index: int | None) -> SignedCheckpoint | None:
    """Choose the latest checkpoint that witnesses signed, if it has the entry; else the latest."""
    if index is None:
        return None
    witnessed = queries.latest_witnessed()
    return witnessed if witnessed and witnessed.size > index else queries.latest_checkpoint()


def receipt_facts(receipt: Receipt) -> ReceiptFacts:
    """Gather what a receipt's file carries for the verifier; an erased one cannot be written."""
    opened = receipt.opened
    if opened.salt is None or opened.text is None:
        raise Entry.DoesNotExist
    # The oldest first: by it the verifier judges the keys after it.
    keys = list(queries.log_keys().reverse())
    return ReceiptFacts(
        origin=settings.LEDGER_ORIGIN,
        salt=opened.salt,
        text=opened.text,
        index=receipt.proof.index if receipt.proof else None,
        proof=receipt.proof.hashes if receipt.proof else (),
        checkpoint=receipt.checkpoint.note if receipt.checkpoint else None,
        keys=tuple(key.verifier_key for key in keys),
        successions=tuple(key.succession for key in keys if key.succession),
        witnesses=witness_keys(),
        served_at=receipt.at,
    )


def witness_keys() -> tuple[WitnessKey, ...]:
    """List the witnesses as a file names them."""
    return tuple(WitnessKey(one.organisation_ja, one.verifier_key) for one in queries.witnesses())

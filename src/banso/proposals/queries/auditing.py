"""What receipts say, against the ledger: for `banso ledger audit`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from banso.ledger.models import Entry
from banso.proposals.models import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator


def receipts_against_entries() -> Iterator[tuple[str, str]]:
    """Compare each receipt with the entry that it names; give its place and what differs (K2)."""
    for receipt in Receipt.objects.order_by("number").iterator():
        place = f"receipt {receipt.number}"
        entry = Entry.objects.filter(id=receipt.entry_id).select_related("detail").first()
        if entry is None:
            yield place, "its entry is not in the ledger"
            continue
        if receipt.commitment != bytes(entry.commitment).hex():
            yield place, "its commitment is not the entry's"
        if (receipt.received_at, str(receipt.proposal_id)) != (entry.at, entry.subject_id):
            yield place, "its instant or its proposal is not the entry's"
        detail = getattr(entry, "detail", None)
        stated = json.loads(detail.text)["details"] if detail else {}
        shown = {"receipt": receipt.number, "version": receipt.version, "files": receipt.files}
        if detail and any(stated.get(name) != value for name, value in shown.items()):
            yield place, "its number, version or files are not those that were recorded"

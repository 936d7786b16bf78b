"""A receipt as files that its person keeps: text in both languages, and PDF in the reader's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from banso.ledger.proving.bundles import receipt_text
from banso.papers.documents import Attached, Heading, Paragraph, Rows, Steps, pdf
from banso.proofs.queries.receipts import receipt_facts
from banso.web.formats import active_language, receipt_instant_text
from banso.web.fronts import in_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banso.ledger.models import Witness
    from banso.proofs.queries.receipts import Receipt

Row = tuple[str, str]


def text_of(receipt: Receipt) -> str:
    """Write the receipt as a text file, which the verifier reads."""
    return receipt_text(receipt_facts(receipt), _lines_in_both_languages(receipt))


def pdf_of(receipt: Receipt) -> bytes:
    """Typeset the receipt; the text file travels inside it, where the verifier finds it."""
    return pdf(
        _("Receipt %(number)s") % {"number": receipt.number},
        [
            Rows(_facts_of(receipt)),
            Heading(_("Its place in the ledger")),
            Paragraph(_standing_of(receipt)),
            Rows(_place_of(receipt)),
            Heading(_("Keep and verify")),
            Steps(_steps()),
        ],
        made_at=receipt.at,
        attached=Attached(
            name=file_name(receipt, "txt"),
            description=_("The receipt as text, for the script verify.py"),
            text=text_of(receipt),
        ),
    )


def file_name(receipt: Receipt, ending: str) -> str:
    """Name a receipt's file after its number."""
    return f"receipt-{receipt.number}.{ending}"


def _lines_in_both_languages(receipt: Receipt) -> Iterator[str]:
    for language in ("ja", "en"):
        with override(language):
            yield _("Receipt %(number)s") % {"number": receipt.number}
            rows = [*_facts_of(receipt), *_place_of(receipt)]
            yield from (f"{label}: {value}" for label, value in rows)
            yield _standing_of(receipt)
            yield from _steps()
            yield ""


def _facts_of(receipt: Receipt) -> list[Row]:
    """List what was done; what a protected item is called stays out of files that travel."""
    entry = receipt.entry
    title = "" if receipt.act.is_title_protected else str(receipt.title)
    rows = [
        (_("What you did"), str(receipt.act.words)),
        (_("About"), title),
        (_("When"), receipt_instant_text(entry.at, active_language())),
        *((str(label), value) for label, value in receipt.shown_details),
        *((file["name"], f"SHA-256 {file['sha256']}") for file in receipt.files),
        (_("Full number"), str(entry.id)),
        (_("Rule"), entry.clause),
        (_("Hash of the record (commitment)"), receipt.commitment.hex()),
        (_("Hash in the ledger (leaf)"), receipt.leaf.hex()),
    ]
    return [(label, value) for label, value in rows if value]


def _place_of(receipt: Receipt) -> list[Row]:
    checkpoint, proof = receipt.checkpoint, receipt.proof
    if checkpoint is None or proof is None:
        return []
    language = active_language()
    signed = [
        (
            _("Signed by the witness"),
            ", ".join((_organisation(one.witness), receipt_instant_text(one.at, language))),
        )
        for one in checkpoint.cosignatures
    ]
    return [
        (_("Place in the ledger, counted from 0"), str(proof.index)),
        (_("Records in the signed ledger"), str(checkpoint.size)),
        (_("Signed by the ledger"), receipt_instant_text(checkpoint.signed_at, language)),
        *signed,
    ]


def _organisation(witness: Witness) -> str:
    return in_language(witness.organisation_ja, witness.organisation_en)


def _standing_of(receipt: Receipt) -> str:
    if receipt.proof:
        return _("The record is in the ledger. This receipt carries the signed proof.")
    if receipt.is_late:
        return _(
            "The record is not in the ledger yet, although more than 60 seconds have passed. "
            "Keep this receipt: compared with a later bundle it shows what is missing."
        )
    return _(
        "The record comes into the ledger within 60 seconds. Take the receipt again after that: "
        "then it carries the signed proof."
    )


def _steps() -> list[str]:
    return [
        _(
            "Keep this file. Until the record's details are erased, you can take it again from "
            "your receipts."
        ),
        _("Take the script verify.py from the page of the ledger."),
        _("Run: python3 verify.py FILE. It needs no network."),
    ]

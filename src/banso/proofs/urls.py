"""Addresses of the ledger's pages, of receipts and of bundles."""

from __future__ import annotations

from banso.proofs.views import bundle, ledger, receipts
from banso.web import addresses
from banso.web.addresses import signed_in

app_name = "proofs"
urlpatterns = [
    addresses.ledger("ledger/", ledger.ledger, "ledger"),
    addresses.ledger("ledger/checkpoint", ledger.checkpoint, "checkpoint"),
    addresses.ledger(
        "ledger/checkpoints/<str:size>", ledger.checkpoint_of_size, "checkpoint_of_size"
    ),
    addresses.ledger("ledger/inclusion", ledger.inclusion, "inclusion"),
    addresses.ledger("ledger/consistency", ledger.consistency, "consistency"),
    addresses.ledger("ledger/keys", ledger.keys, "keys"),
    addresses.ledger("ledger/tile/<str:level>/<path:place>", ledger.tile, "tile"),
    addresses.ledger("ledger/verify.py", ledger.script, "verify_script"),
    signed_in("ledger/bundle", bundle.bundle, "bundle", is_heavy=True),
    signed_in("my/receipts/", receipts.receipts, "receipts"),
    signed_in("my/receipts/<uuid:entry_id>/", receipts.receipt, "receipt"),
    signed_in("my/receipts/<uuid:entry_id>.txt", receipts.receipt_text, "receipt_text"),
    signed_in("my/receipts/<uuid:entry_id>.pdf", receipts.receipt_pdf, "receipt_pdf"),
]

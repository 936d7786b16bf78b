"""What programs that read the ledger are told when there is nothing to give."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

UNANSWERED = {
    "no-checkpoint-yet": _("Nothing is in the ledger yet, so there is no checkpoint."),
    "checkpoint-not-signed": _(
        "The ledger has signed no checkpoint of this size. The latest is at /ledger/checkpoint."
    ),
    "tile-not-there": _(
        "There is no such tile, or it is not full yet. Add .p/ and a number for its first hashes."
    ),
    "tree-not-that-large": _(
        "The ledger has %(latest)s entries so far. Ask for at most that size."
    ),
    "leaf-not-in-the-tree": _(
        "This leaf is not among the first %(size)s entries. An entry has its place within 60 "
        "seconds; if more have passed, keep the receipt and compare it with a later bundle."
    ),
}

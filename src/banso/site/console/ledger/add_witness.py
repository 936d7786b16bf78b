"""`banso ledger add-witness`: name an organisation that checks our checkpoints."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.db import IntegrityError

from banso.ledger.verify import COSIGNER_KEY, VerifierKey, Wrong
from banso.people.actors import OPERATOR_AT_CONSOLE
from banso.people.commands.record.register_witness import register_witness

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Keep the key and the organisation; the act is in the ledger itself."""
    try:
        if VerifierKey.parse(arguments.key).kind != COSIGNER_KEY:
            return _refuse("this key signs no cosignatures; ask the witness for its own key")
        witness = register_witness(
            actor=OPERATOR_AT_CONSOLE,
            key=arguments.key,
            organisation_ja=arguments.organisation,
            organisation_en=arguments.organisation_en,
        )
    except Wrong:
        return _refuse("this is not a verifier key; it looks like name+0123abcd+B64…")
    except IntegrityError:
        return _refuse("a witness of this name or with this key is there already")
    print(witness.name)
    return 0


def _refuse(sentence: str) -> int:
    print(f"banso: {sentence}", file=sys.stderr)
    return 1

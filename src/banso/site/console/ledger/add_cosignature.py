"""`banso ledger add-cosignature`: keep a checkpoint that a witness has signed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from banso.ledger.signing.cosigning import NotOurs, keep_cosignatures
from banso.ledger.verify import Wrong

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Keep the signatures, and say whose they are and from when."""
    try:
        kept = keep_cosignatures(arguments.file.read_text(encoding="utf-8"))
    except Wrong:
        print(f"banso: {arguments.file} is not a signed checkpoint", file=sys.stderr)
        return 1
    except NotOurs as refusal:
        print(f"banso: {refusal}", file=sys.stderr)
        return 1
    except (OSError, UnicodeDecodeError) as fault:
        print(f"banso: {arguments.file} cannot be read: {fault}", file=sys.stderr)
        return 1
    for one in kept:
        print(f"{one.witness.name} {one.at.isoformat()} {one.checkpoint_id}")
    return 0

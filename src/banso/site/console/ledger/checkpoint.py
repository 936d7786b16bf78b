"""`banso ledger checkpoint`: what was signed last."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from banso.ledger.queries import backlog, latest_checkpoint

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Print the signed note, or say that nothing was signed yet."""
    last, late = latest_checkpoint(), backlog()
    if last is None:
        print(
            f"banso: nothing has been signed yet; {late.waiting} entries wait for the worker",
            file=sys.stderr,
        )
        return 1
    if arguments.json:
        facts = {
            "size": last.size,
            "root": last.root.hex(),
            "signed_at": last.signed_at.isoformat(),
            "note": last.note,
            "witnesses": [one.witness.organisation_ja for one in last.cosignatures],
            "waiting": late.waiting,
            "waiting_since": late.oldest_at.isoformat() if late.oldest_at else None,
        }
        print(json.dumps(facts, ensure_ascii=False))
    else:
        print(last.note, end="")
    return 0

"""`banso ledger verify`: the same verifier that auditors carry away, run from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger import verify

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Verify the files; no database is asked."""
    return verify.main(arguments.words)

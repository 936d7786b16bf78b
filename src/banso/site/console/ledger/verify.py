"""`banso ledger verify`: the same verifier that auditors carry away, run from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger import verify

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Verify the files; no database is asked."""
    words = [f"--key={key}" for key in arguments.key]
    if arguments.lang:
        words.append(f"--lang={arguments.lang}")
    if arguments.json:
        words.append("--json")
    return verify.main([*words, "--", *arguments.files])

"""`banso ledger rotate-key`: sign with a new key from now on."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from banso.ledger.clock import read_clock
from banso.ledger.signing.keys import Keyring, KeysUnfit

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Make the key, have the old one name it, and say what becomes of the old one."""
    at = read_clock()
    try:
        keyring = Keyring.open(settings.LEDGER_KEYS, settings.LEDGER_ORIGIN, at=at)
    except KeysUnfit as unfit:
        print(f"banso: {unfit}", file=sys.stderr)
        return 1
    key = keyring.rotate(at=at, overlap_until=at + timedelta(days=arguments.overlap))
    print(key.verifier_key)
    print(
        f"banso: the key before it signs as well until {key.overlap_until:%Y-%m-%d %H:%M} UTC; "
        f"tell the witnesses and auditors the new one",
        file=sys.stderr,
    )
    return 0

"""`banso take-bounce`: read a mail that came back, as a mail server hands it over."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from banso.notices.mail.bounces import MOST_BYTES, take_bounce

if TYPE_CHECKING:
    import argparse


def run(_arguments: argparse.Namespace) -> int:
    """Note whom a mail did not reach; what is no report about a mail of ours is left alone."""
    is_ours = take_bounce(sys.stdin.buffer.read(MOST_BYTES))
    said = "The mail is marked as come back." if is_ours else "It is not about a mail of banso's."
    print(f"banso: {said}", file=sys.stderr)
    return 0

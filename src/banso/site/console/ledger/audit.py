"""`banso ledger audit`: the ledger, receipts and what acts did, against what was signed."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.conf import settings

from banso.ledger.proving.auditing import Contradiction, Remembered, contradictions
from banso.ledger.signing.sequencing import signed_last
from banso.site.console.ledger.facts import facts_against_entries
from banso.web.fronts import fronts

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator


def run(arguments: argparse.Namespace) -> int:
    """Print each contradiction; 1 if there is one."""
    read = 0

    def advance(entries: int) -> None:
        nonlocal read
        read += entries
        print(f"\r{read:,} entries", end="", file=sys.stderr, flush=True)

    found = []
    for one in _all(advance):
        found.append(one)
        if not arguments.json:
            print(f"{one.place}: {one.says}")
    print(file=sys.stderr)
    if arguments.json:
        print(json.dumps({"entries": read, "contradictions": [asdict(one) for one in found]}))
    elif not found:
        print(f"{read:,} entries: everything is as it was signed.")
    return 1 if found else 0


def _all(advance: Callable[[int], object]) -> Iterator[Contradiction]:
    # Before the tables: the worker may sign on meanwhile, and keeps them before its memory.
    remembered = _worker_remembers()
    yield from contradictions(
        origin=settings.LEDGER_ORIGIN, remembered=remembered, advance=advance
    )
    for front in fronts().values():
        for audited in front.audits:
            yield from (Contradiction(place, says) for place, says in audited())
    yield from facts_against_entries()


def _worker_remembers() -> Remembered | None:
    """Read what the worker signed last; say so where that cannot be asked, since less is shown."""
    try:
        last = signed_last(settings.LEDGER_KEYS)
    except (OSError, ValueError, KeyError) as fault:
        why = f"cannot be read ({type(fault).__name__})"
    else:
        if last is not None:
            return Remembered(last.size, last.root)
        why = "is not there"
    print(
        f"banso: the worker's memory in {settings.LEDGER_KEYS} {why}, so a history that was "
        f"written anew as a whole would not be found. Run this where the worker's keys are.",
        file=sys.stderr,
    )
    return None

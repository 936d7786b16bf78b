"""Holds branch coverage to docs/house.md 11: rulebook and ledger whole, every other app 95 %.

`coverage_gate.py REPORT` reads what `coverage json` wrote.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

WHOLE = frozenset({"rulebook", "ledger"})
ELSEWHERE = 0.95


def shares(report: Mapping[str, Any]) -> dict[str, float]:
    """Tell for each app which share of its lines and branches ran."""
    ran: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for name, file in report["files"].items():
        app = Path(name.partition("src/banso/")[2]).parts[0]
        summary = file["summary"]
        ran[app] += summary["covered_lines"] + summary["covered_branches"]
        there[app] += summary["num_statements"] + summary["num_branches"]
    return {app: ran[app] / there[app] for app in sorted(there) if there[app]}


def least(app: str) -> float:
    """Say how much of an app has to run."""
    return 1.0 if app in WHOLE else ELSEWHERE


def main() -> int:
    """Print each app's share, and fail where one is too low."""
    found = shares(json.loads(Path(sys.argv[1]).read_text()))
    for app, share in found.items():
        verdict = "" if share >= least(app) else f"  below {least(app):.0%}"
        print(f"{share:8.2%}  {app}{verdict}")
    return 0 if all(share >= least(app) for app, share in found.items()) else 1


if __name__ == "__main__":
    sys.exit(main())

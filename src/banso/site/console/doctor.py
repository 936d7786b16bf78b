"""`banso doctor`: what is wrong and how to mend it; exit status 1 if anything is."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

from banso.site.console.start import data_folder
from banso.site.doctor import examine

if TYPE_CHECKING:
    import argparse

MARKS = {"good": "✓", "wrong": "✗", "unknown": "?"}


def run(arguments: argparse.Namespace) -> int:
    """Print each finding and its remedy; nothing is started or changed for it."""
    findings = examine(data_folder(os.environ), os.environ, is_deep=arguments.deep)
    if arguments.json:
        print(json.dumps({"checks": [asdict(one) for one in findings]}, ensure_ascii=False))
    for one in () if arguments.json else findings:
        print(f"{MARKS[one.state]} {one.check}: {one.says}")
        if one.mend:
            print(f"  → {one.mend}")
    return int(any(one.state == "wrong" for one in findings))

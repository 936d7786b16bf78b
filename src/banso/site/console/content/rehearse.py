"""`banso rehearse`: play the sample program, and show that every row is complete."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from banso.rehearsal.program import (
    concepts_to_rehearse,
    load_sample_program,
    refusal_to_rehearse,
    rehearse,
)
from banso.rehearsal.stages import read_back, table
from banso.site.console.progress import Progress

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Load K Program, play on it, and read every count back from the database."""
    if refusal := refusal_to_rehearse(arguments.seed):
        print(f"banso: {refusal}", file=sys.stderr)
        return 1
    load_sample_program()
    concepts = concepts_to_rehearse()
    progress = Progress("rehearsal", total=len(concepts) + 1)
    rehearse(concepts, seed=arguments.seed, scale=arguments.scale, report=progress.step)
    rows = read_back(concepts)
    missing = [f"{row.concept}: {stage}" for row in rows for stage in row.missing]
    if arguments.json:
        document = {"rows": [row.as_json() for row in rows], "complete": not missing}
        print(json.dumps(document, ensure_ascii=False))
    else:
        print(table(rows))
    for cell in missing:
        print(f"banso: missing in the rehearsal: {cell}", file=sys.stderr)
    return 1 if missing else 0

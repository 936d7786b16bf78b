"""`banso doctor`: where everything is, and how the embedded database does."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

from banso.site.console.start import data_folder
from banso.site.database import status

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Print the facts; nothing is started for it."""
    facts = {
        name: _plain(value) for name, value in asdict(status(data_folder(os.environ))).items()
    }
    if arguments.json:
        print(json.dumps(facts, ensure_ascii=False))
        return 0
    for name, value in facts.items():
        print(f"{name.replace('_', ' '):24} {'-' if value is None else value}")
    return 0


def _plain(value: object) -> object:
    return value if isinstance(value, (bool, int)) or value is None else str(value)

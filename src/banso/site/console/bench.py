"""`banso bench NAME`: measure a promise on a throw-away database of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

CHECKOUT = Path(__file__).resolve().parents[4]


def run(arguments: argparse.Namespace) -> int:
    """Run the benchmark of that name, which is beside the source and not in the package."""
    module = arguments.name.replace("-", "_")
    if not (CHECKOUT / "benchmarks" / f"{module}.py").is_file():
        print(f"banso: there is no benchmark named {arguments.name}", file=sys.stderr)
        return 2
    command = [sys.executable, "-m", f"benchmarks.{module}"]
    command += ["--json"] if arguments.json else []
    return subprocess.run(command, cwd=CHECKOUT, check=False).returncode  # noqa: S603 - our own

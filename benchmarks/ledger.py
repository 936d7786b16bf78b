"""The ledger: what an entry costs an act, how fast entries are placed, proven and verified."""

from __future__ import annotations

import argparse
import importlib
import os
import tempfile
from pathlib import Path

from banso.site.console import start
from benchmarks.figures import report

# Imported once the database is there, since they read tables.
PARTS = (
    "benchmarks.record.acts",
    "benchmarks.record.tree",  # before a worker fills places, which pymerkle knows nothing of
    "benchmarks.record.latency",
    "benchmarks.record.bundle",
)


def main() -> int:
    """Measure everything on a throw-away cluster, beside pymerkle doing the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="banso-bench-") as folder:
        data = Path(folder)
        data.chmod(0o755)  # the database's own user has to pass
        os.environ.update(
            DATA=folder,
            BANSO_SECRET_KEY="only-for-this-run",  # noqa: S106 - of a throw-away cluster
            DJANGO_SETTINGS_MODULE="banso.site.settings",
        )
        (data / "static").mkdir()
        start.make_and_serve_tables()
        figures = [
            figure for part in PARTS for figure in importlib.import_module(part).measure(data)
        ]
    report("ledger", figures, as_json=arguments.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""The registry at 10,000 persons: lists and searches by 4 clients, and an import of 10,000 rows.

Each page stands beside the same SQL alone, sent once after another without a web server.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from banso.site.database import acquire, superuser_address
from benchmarks.figures import Figure, report
from benchmarks.lists import BANSO, PORT, served

WORLD = (sys.executable, "-m", "benchmarks.worlds.registry_pages")


def main() -> int:
    """Measure on a cluster of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--persons", type=int, default=10_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="banso-bench-") as folder:
        figures = measured(Path(folder), arguments.persons)
    report("registry", figures, as_json=arguments.json)
    return 0


def measured(data: Path, persons: int) -> list[Figure]:
    """Fill the registry, serve it, and measure it from a process of its own."""
    data.chmod(0o755)  # the database's own user has to pass
    environ = {name: value for name, value in os.environ.items() if not name.startswith("BANSO_")}
    environ |= {"DATA": str(data), "PORT": str(PORT)}
    with acquire(data) as cluster:
        subprocess.run(  # noqa: S603 - our own command
            [*BANSO, "migrate", "--quiet"], env=environ, check=True, stdout=subprocess.DEVNULL
        )
        subprocess.run([*WORLD, "fill", str(persons)], env=environ, check=True)  # noqa: S603 - our own module
        address = superuser_address(cluster.places) | {"dbname": "banso"}
        with psycopg.connect(**address, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        with served(environ):
            words = [*WORLD, "pages", str(persons)]
            told = json.loads(subprocess.check_output(words, env=environ, text=True))  # noqa: S603 - our own module
        words = [*WORLD, "import", str(persons)]
        told += json.loads(subprocess.check_output(words, env=environ, text=True))  # noqa: S603 - our own module
    return [Figure(**figure) for figure in told]


if __name__ == "__main__":
    sys.exit(main())

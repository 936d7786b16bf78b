"""Lists and start pages of signed-in persons at 1,000, 10,000 and 100,000 proposals.

Each page stands beside the server's empty answer, the empty page of a signed-in person and the
same SQL alone. Processor time is that of the web processes and of the database together.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psycopg

from banso.site.database import acquire, superuser_address
from banso.site.database.embedded.joining import supervised_pids
from benchmarks.figures import Figure, report
from benchmarks.worlds.lists_world import fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banso.site.database import Cluster

SIZES: Final = (1_000, 10_000, 100_000)
PORT: Final = 8794
READY_SECONDS = 90.0
BANSO = (sys.executable, "-m", "banso.site.command_line")


def main() -> int:
    """Measure each size on a cluster of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="PROPOSALS")
    arguments = parser.parse_args()
    figures: list[Figure] = []
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory(prefix="banso-bench-") as folder:
            figures += figures_at(size, Path(folder))
    report("lists", figures, as_json=arguments.json)
    return 0


def figures_at(size: int, data: Path) -> list[Figure]:
    """Build the program, serve it, and measure it from a process of its own."""
    data.chmod(0o755)  # the database's own user has to pass
    environ = {name: value for name, value in os.environ.items() if not _is_ours(name)}
    environ |= {"DATA": str(data), "PORT": str(PORT)}
    with acquire(data) as cluster:
        build(cluster, size, environ)
        _, database = supervised_pids(cluster.places)
        with served(environ) as server:
            words = [sys.executable, "-m", "benchmarks.worlds.lists_pages"]
            words += [str(number) for number in (size, PORT, server.pid, database)]
            told = subprocess.check_output(words, env=environ, text=True)  # noqa: S603 - our own module
    return [Figure(**figure) for figure in json.loads(told)]


def build(cluster: Cluster, size: int, environ: dict[str, str]) -> None:
    """Load K Program, and write that many proposals beside it."""
    for words in (["migrate", "--quiet"], ["load-program"]):
        subprocess.run(  # noqa: S603 - our own command
            [*BANSO, *words], env=environ, check=True, stdout=subprocess.DEVNULL
        )
    address = superuser_address(cluster.places) | {"dbname": "banso"}
    with psycopg.connect(**address, autocommit=True) as connection:
        fill(connection, size)
        connection.execute("VACUUM ANALYZE")


@contextmanager
def served(environ: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Serve the folder, and stop afterwards."""
    server = subprocess.Popen(  # noqa: S603 - our own command
        [*BANSO, "serve", "--without-worker"], env=environ, stderr=subprocess.DEVNULL
    )
    try:
        _wait_until_served(server)
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _is_ours(name: str) -> bool:
    return name.startswith("BANSO_") or name in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}


def _wait_until_served(server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise SystemExit("the server ended before it served; is its port taken?")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=1).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"the server did not serve within {READY_SECONDS:.0f} s")


if __name__ == "__main__":
    sys.exit(main())

"""Start: from `banso serve` to ready, with an empty program and with a large one."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median

import psycopg

from banso.site.database import acquire, superuser_address, wait_until_stopped
from benchmarks.figures import Figure, report
from benchmarks.worlds import lists_world

PROPOSALS = 20_000
STARTS = 5
PORT = 8797
READY_SECONDS = 3.0
GIVE_UP_SECONDS = 60.0
BANSO = (sys.executable, "-m", "banso.site.command_line")


def main() -> int:
    """Measure on a throw-away folder, from which nothing runs between two starts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--proposals", type=int, default=PROPOSALS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="banso-bench-") as folder:
        figures = measure(Path(folder), arguments.proposals)
    report("start", figures, as_json=arguments.json)
    return 0 if all(figure.met is not False for figure in figures) else 1


def measure(data: Path, proposals: int = PROPOSALS) -> list[Figure]:
    """Start the same site again and again, before and after it is filled."""
    data.chmod(0o755)  # the database's own user has to pass
    environ = {name: value for name, value in os.environ.items() if not _is_ours(name)}
    environ |= {"DATA": str(data), "PORT": str(PORT)}
    with acquire(data):
        for words in (["migrate", "--quiet"], ["load-program"]):
            subprocess.run([*BANSO, *words], env=environ, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
    wait_until_stopped(data, GIVE_UP_SECONDS)
    empty = [seconds_to_ready(data, environ) for _ in range(STARTS)]
    with (
        acquire(data) as cluster,
        psycopg.connect(**superuser_address(cluster.places) | {"dbname": "banso"}) as connection,
    ):
        lists_world.fill(connection, proposals)
    wait_until_stopped(data, GIVE_UP_SECONDS)
    full = [seconds_to_ready(data, environ) for _ in range(STARTS)]
    return [
        Figure(figure="ready, 0 proposals, median", value=median(empty), unit="s"),
        Figure(figure="ready, 0 proposals, slowest", value=max(empty), unit="s"),
        Figure(
            figure=f"ready, {proposals:,} proposals, median",
            value=median(full),
            unit="s",
            baseline=median(empty),
            ratio=median(full) / median(empty),
            target=f"<= {READY_SECONDS:.0f} s",
            met=median(full) <= READY_SECONDS,
        ),
        Figure(figure=f"ready, {proposals:,} proposals, slowest", value=max(full), unit="s"),
    ]


def seconds_to_ready(data: Path, environ: dict[str, str]) -> float:
    """Start the site, wait until it says that it is ready, and stop it with its database."""
    began_at = time.perf_counter()
    server = subprocess.Popen([*BANSO, "serve"], env=environ, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
    try:
        while not _is_ready():
            if server.poll() is not None or time.perf_counter() - began_at > GIVE_UP_SECONDS:
                raise SystemExit("the server did not become ready; is its port taken?")
            time.sleep(0.01)
        return time.perf_counter() - began_at
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(GIVE_UP_SECONDS)
        wait_until_stopped(data, GIVE_UP_SECONDS)


def _is_ready() -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=5).close()
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
    return True


def _is_ours(name: str) -> bool:
    return name.startswith("BANSO_") or name in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}


if __name__ == "__main__":
    raise SystemExit(main())

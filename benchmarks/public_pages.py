"""Public lists of 10,000 items, for visitors, against the server's empty answer."""

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
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import psycopg

from banso.site.database import acquire, embedded_address
from benchmarks.figures import Figure, report
from benchmarks.load import Measured, drive

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ITEMS = 10_000
CLIENTS = 16
ROUNDS = 3
SECONDS = 3.0
PORT = 8791
EMPTY = "/healthz"
SHARE_OF_EMPTY = 0.25
SLOWEST_MS = 20.0
LISTS = {
    "concept list": ("/concepts/", "/en/concepts/", "/concepts/?agency=JST"),
    "call list": ("/calls/", "/en/calls/", "/calls/?state=closed"),
}
FILL = (
    """INSERT INTO catalogue_concept (id, slug, vision_id, agency_id, domain, title, title_en, maturity)
    SELECT gen_random_uuid(), 'bench-' || n, v.id, a.id, 'ocean', '計測用の研究開発構想 ' || n, '', ''
      FROM generate_series(1, %(items)s) n,
           (SELECT id FROM catalogue_vision ORDER BY number LIMIT 1) v,
           (SELECT id FROM people_organisation WHERE short_name = 'JST') a""",
    """INSERT INTO catalogue_conceptedition (id, concept_id, number, row_id, title_as_printed, title,
           title_en, created_on, call_type, budget_as_printed, call_source, note, source)
    SELECT gen_random_uuid(), id, 1, upper(slug), title, title, '', '2022-12-27', '', '', '', '',
           'https://example.jp/' FROM catalogue_concept WHERE slug LIKE 'bench-%%'""",
    """INSERT INTO calls_call (id, slug, concept_id, agency_id, fiscal_year, round, type, slots, title_ja,
           title_en, summary_ja, summary_en, opens_at, closes_at, announced_at, opened_at, is_sample)
    SELECT gen_random_uuid(), slug, id, agency_id, 2023, 1, 'project', 1, title, '', '計測用', '',
           '2023-01-10T03:00Z', '2023-03-10T03:00Z', '2023-01-01T03:00Z', '2023-01-02T03:00Z', true
      FROM catalogue_concept WHERE slug LIKE 'bench-%%'""",
    "UPDATE catalogue_publicversion SET version = version + 1",
)


def main() -> int:
    """Measure on a throw-away cluster, and report ratios to the empty answer of the same run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="banso-bench-") as folder, served(Path(folder)):
        figures = [figure for name, pages in LISTS.items() for figure in measure(name, pages)]
    report("public-pages", figures, as_json=arguments.json)
    return 0


def measure(name: str, pages: Sequence[str]) -> list[Figure]:
    """Measure the empty answer and the lists in turn, so that both see the same machine."""
    empties: list[Measured] = []
    lists: list[Measured] = []
    for _ in range(ROUNDS):
        empties.append(drive(PORT, [EMPTY], clients=CLIENTS, seconds=SECONDS))
        lists.append(drive(PORT, pages, clients=CLIENTS, seconds=SECONDS))
    rate, empty_rate = median(one.rate for one in lists), median(one.rate for one in empties)
    slowest = median(one.percentile(0.99) for one in lists)
    empty_slowest = median(one.percentile(0.99) for one in empties)
    return [
        Figure(
            figure=f"{name}, {ITEMS:,} items, {CLIENTS} clients",
            value=round(rate, 1),
            unit="pages/s",
            baseline=round(empty_rate, 1),
            ratio=round(rate / empty_rate, 3),
            target=f">= {SHARE_OF_EMPTY:.0%} of the empty answer",
            met=rate / empty_rate >= SHARE_OF_EMPTY,
        ),
        Figure(
            figure=f"{name}, p99",
            value=round(slowest, 2),
            unit="ms",
            baseline=round(empty_slowest, 2),
            ratio=round(slowest / empty_slowest, 3),
            target=f"<= {SLOWEST_MS:.0f} ms",
            met=slowest <= SLOWEST_MS,
        ),
    ]


@contextmanager
def served(data: Path) -> Iterator[None]:
    """Serve a program with the items on a cluster of its own, and stop both afterwards."""
    data.chmod(0o755)  # the database's own user has to pass
    environ = {name: value for name, value in os.environ.items() if not _is_ours(name)}
    environ |= {"DATA": str(data), "PORT": str(PORT)}
    with acquire(data) as cluster:
        for words in (["migrate", "--quiet"], ["load-program"]):
            subprocess.run(  # noqa: S603 - our own command
                [*_BANSO, *words], env=environ, check=True, stdout=subprocess.DEVNULL
            )
        address = embedded_address(cluster.places, "banso_web", "banso")
        with psycopg.connect(**address) as connection:
            for statement in FILL:
                connection.execute(statement, {"items": ITEMS} if "%(" in statement else None)
        server = subprocess.Popen(  # noqa: S603 - our own command
            [*_BANSO, "serve"], env=environ, stderr=subprocess.DEVNULL
        )
        try:
            _wait_until_served(server)
            yield
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


_BANSO = (sys.executable, "-m", "banso.site.command_line")


def _is_ours(name: str) -> bool:
    return name.startswith("BANSO_") or name in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}


def _wait_until_served(server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise SystemExit("the server ended before it served; is its port taken?")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=1).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not serve within 30 s")


if __name__ == "__main__":
    sys.exit(main())

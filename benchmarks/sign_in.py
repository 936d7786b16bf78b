"""Log-ins a second through the whole page, beside argon2 alone on the same machine."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

import argon2
import psycopg
import requests

from banso.site.database import acquire, superuser_address
from benchmarks.figures import Figure, report
from benchmarks.lists import BANSO, PORT, served

if TYPE_CHECKING:
    from collections.abc import Callable

PEOPLE: Final = 60
CLIENTS: Final = 4
SECONDS: Final = 10.0
PASSWORD: Final = "海とともに歩む研究の日々"  # noqa: S105 - of people who exist here alone
TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
# The whole page is to cost little beside the hashing that makes guessing slow.
TARGET: Final = 0.6


def main() -> int:
    """Measure hashing alone, then log-ins by people behind one address."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    hasher = argon2.PasswordHasher(time_cost=2, memory_cost=102_400, parallelism=8)
    hashed = hasher.hash(PASSWORD)
    alone = rate(lambda _number: hasher.verify(hashed, PASSWORD))
    with tempfile.TemporaryDirectory(prefix="banso-bench-") as folder:
        through = log_ins(Path(folder), "argon2" + hashed)
    figure = Figure(
        figure=f"log-ins, {CLIENTS} clients behind one address",
        value=through,
        unit="1/s",
        baseline=alone,
        ratio=through / alone,
        target=f">= {TARGET}",
        met=through / alone >= TARGET,
    )
    report("sign-in", [figure], as_json=arguments.json)
    return 0


def log_ins(data: Path, hashed: str) -> float:
    """Serve people with accounts, and let them log in one after another."""
    data.chmod(0o755)  # the database's own user has to pass
    environ = {name: value for name, value in os.environ.items() if not name.startswith("BANSO_")}
    environ |= {"DATA": str(data), "PORT": str(PORT)}
    with acquire(data) as cluster:
        words = [*BANSO, "migrate", "--quiet"]
        subprocess.run(words, env=environ, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
        address = superuser_address(cluster.places) | {"dbname": "banso"}
        with psycopg.connect(**address, autocommit=True) as connection:
            fill(connection, hashed)
        with served(environ):
            # Templates are compiled and each process has its connections before anybody counts.
            rate(log_in)
            return rate(log_in)


def fill(connection: psycopg.Connection[tuple[object, ...]], hashed: str) -> None:
    """Write people with accounts."""
    connection.execute(
        """WITH person AS (
             INSERT INTO people_person (id, family_name, given_name, family_name_kana,
               given_name_kana, family_name_en, given_name_en, is_sample)
             SELECT gen_random_uuid(), '見本', n::text, '', '', '', '', false
               FROM generate_series(1, %(people)s) n RETURNING id, given_name)
           INSERT INTO people_account (id, person_id, email, password, is_active)
           SELECT gen_random_uuid(), id, 'person-' || given_name || '@example.jp',
                  %(hashed)s, true FROM person""",
        {"people": PEOPLE, "hashed": hashed},
    )


def log_in(number: int) -> None:
    """Open the page, send address and password, and arrive."""
    site = f"http://127.0.0.1:{PORT}"
    with requests.Session() as browser:
        page = browser.get(f"{site}/accounts/login/", timeout=30)
        [token] = TOKEN.findall(page.text)[:1]
        entered = {
            "csrfmiddlewaretoken": token,
            "login": f"person-{number % PEOPLE + 1}@example.jp",
            "password": PASSWORD,
        }
        answer = browser.post(
            f"{site}/accounts/login/", data=entered, allow_redirects=False, timeout=30
        )
        if answer.headers.get("Location") != "/my/":
            raise RuntimeError(f"{number} did not get in: {answer.status_code}")


def rate(act: Callable[[int], object]) -> float:
    """Count how often several clients do it a second."""
    until = time.monotonic() + SECONDS

    def repeat(client: int) -> int:
        done = 0
        while time.monotonic() < until:
            act(client + done * CLIENTS)
            done += 1
        return done

    began = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as clients:
        done = sum(clients.map(repeat, range(CLIENTS)))
    return done / (time.monotonic() - began)


if __name__ == "__main__":
    raise SystemExit(main())

"""Measures the lists and start pages of signed-in persons on a server that `lists` has started.

It runs in a process of its own, on the data folder that DATA names: `lists_pages SIZE PORT PID…`.
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "banso.site.settings"
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from banso.people.models import Account  # noqa: E402
from benchmarks.figures import Figure  # noqa: E402
from benchmarks.load import drive  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CLIENTS, SECONDS, EMPTY_SECONDS = 4, 2.0, 0.5
WARMING = 4  # requests, so that both web processes have their templates
GIVE_UP_SECONDS = 60.0
EMPTY: Final = "/healthz"
OK: Final = 200
FLOOR_MS, RATE, P95_MS = 10.0, 100.0, 60.0
TARGETED: Final = ("agency's list of a call", 10_000)
TICKS: Final = os.sysconf("SC_CLK_TCK")
SAMPLES: Final = {
    "received": "SELECT id FROM proposals_proposal WHERE title_ja = '計測用の提案 p0'",
    "own": "SELECT proposal_id FROM proposals_teammember t JOIN people_person p ON p.id = t.person_id"
    " WHERE p.family_name = 'applicant' ORDER BY proposal_id LIMIT 1",
    "concept": "SELECT c.slug FROM catalogue_concept c JOIN calls_call k ON k.concept_id = c.id"
    " WHERE k.slug = 'bench-0'",
    "council": "SELECT id FROM councils_council",
}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LEAST_SECONDS, SLOW_SECONDS = 0.3, 1.0
# By viewer; the first page asks for nothing but who reads it.
FLOOR: Final = "empty page, signed in"
PAGES: Final = (
    ("agency-officer", FLOOR, "/help/"),
    ("agency-officer", "officer's start page", "/my/"),
    ("agency-officer", "officer's desk", "/my/desk/"),
    ("agency-officer", "agency's calls", "/my/desk/calls/"),
    ("agency-officer", "agency's list of a call", "/my/desk/calls/bench-0/"),
    (
        "agency-officer",
        "that list, filtered and sorted",
        "/my/desk/calls/bench-0/?q=p12&sort=-submitted_at",
    ),
    ("agency-officer", "review desk", "/my/desk/reviews/"),
    ("agency-officer", "review list of a call", "/my/desk/reviews/bench-0/"),
    (
        "agency-officer",
        "that list, to decide, by institution",
        "/my/desk/reviews/bench-0/?decision=none&sort=institution",
    ),
    ("agency-officer", "one proposal in review", "/my/desk/reviews/proposals/{received}/"),
    ("agency-officer", "projects to begin", "/my/desk/projects/"),
    ("agency-officer", "a concept", "/concepts/{concept}/"),
    ("agency-officer", "public list of projects", "/projects/"),
    ("agency-officer", "public list of results", "/results/"),
    ("reviewer", "reviewer's start page", "/my/"),
    ("reviewer", "reviewer's queue", "/my/reviews/"),
    ("reviewer", "that queue, to do, by title", "/my/reviews/?state=left&sort=title"),
    ("applicant", "applicant's start page", "/my/"),
    ("applicant", "applicant's proposals", "/my/proposals/"),
    ("applicant", "one proposal", "/my/proposals/{own}/"),
    ("applicant", "applicant's letters", "/my/letters/"),
    ("institution-officer", "institution's start page", "/my/"),
    ("institution-officer", "institution's approvals", "/my/approvals/"),
    ("member", "member's start page", "/my/"),
    ("member", "a council's room", "/my/councils/{council}/"),
    ("member", "that council's meetings", "/my/councils/{council}/meetings/"),
    ("member", "member's projects", "/my/projects/"),
    ("member", "member's results", "/my/results/"),
)


@dataclass(slots=True)
class Statements:
    """The statements of one page, as they were sent."""

    sent: list[tuple[str, Any]] = field(default_factory=list)

    def __call__(
        self, execute: Callable[..., object], sql: str, params: object, *rest: object
    ) -> object:
        """Run the statement, and note it if it reads."""
        if sql.lstrip("( ").upper().startswith(("SELECT", "WITH")):
            self.sent.append((sql, params))
        return execute(sql, params, *rest)

    def run(self) -> None:
        """Send them again, fetch the rows, and make nothing of them."""
        with connection.cursor() as cursor:
            for sql, params in self.sent:
                cursor.execute(sql, params)
                cursor.fetchall()


def cookie_of(viewer: str) -> str:
    """Sign the viewer in."""
    account, session = Account.objects.get(email=f"{viewer}@bench.example"), SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    # Officers show a second factor (O5).
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(account.pk)
    session.create()
    return f"sessionid={session.session_key}"


def statements_of(address: str, cookie: str, database: int) -> tuple[Statements, float]:
    """Answer the page once here, and tell what its statements alone take of the processor."""
    statements = Statements()
    with connection.execute_wrapper(statements):
        _answer(address, cookie)
    # Looking at the processes costs more than a statement, so it is done once for many runs.
    runs, spent = 1, 0.0
    while spent < LEAST_SECONDS:
        runs *= 2
        used, began = processor_seconds([database]), time.process_time()
        for _ in range(runs):
            statements.run()
        spent = time.process_time() - began
        spent += processor_seconds([database]) - used
    return statements, spent / runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of a page: how fast, how late, how dear; a status that is not 200 stays."""

    rate: float
    p95_ms: float
    processor_ms: float
    status: int = OK


def look(address: str, port: int, cookie: str, processes: Sequence[int]) -> Seen:
    """Ask a few times, and drive the page with clients unless once was slow already."""
    for _ in range(WARMING):
        began, used = time.perf_counter(), processor_seconds(processes)
        status = once(address, port, cookie)
        waited, spent = time.perf_counter() - began, processor_seconds(processes) - used
        if status != OK or spent > SLOW_SECONDS:
            rate = 1 / waited if status == OK else 0.0
            return Seen(rate=rate, p95_ms=waited * 1000, processor_ms=spent * 1000, status=status)
    used = processor_seconds(processes)
    driven = drive(
        port, [address], clients=CLIENTS, seconds=SECONDS, headers=f"Cookie: {cookie}\r\n"
    )
    if not driven.waits:  # a busy machine: what was seen once is all there is
        return Seen(rate=1 / waited, p95_ms=waited * 1000, processor_ms=spent * 1000)
    spent = (processor_seconds(processes) - used) * 1000
    return Seen(
        rate=driven.rate,
        p95_ms=driven.percentile(0.95),
        processor_ms=spent
        / (len(driven.waits) + CLIENTS),  # the last of each client is on its way
    )


def once(address: str, port: int, cookie: str) -> int:
    """Ask once, and give the status."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{address}", headers={"Cookie": cookie}
    )
    try:
        with urllib.request.urlopen(request, timeout=GIVE_UP_SECONDS) as answer:  # noqa: S310 - as above
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def processor_seconds(processes: Sequence[int]) -> float:
    """Add up what these processes and their children have used so far."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(words[1]) in processes or int(stat.parent.name) in processes:
            ticks += int(words[11]) + int(words[12])
    return ticks / TICKS


def measure(size: int, port: int, processes: Sequence[int]) -> list[Figure]:
    """Measure every page, the server's empty answer before each."""
    with connection.cursor() as cursor:
        samples = {name: cursor.execute(sql).fetchone()[0] for name, sql in SAMPLES.items()}
    cookies = {viewer: cookie_of(viewer) for viewer, *_ in PAGES}
    figures = []
    for viewer, name, template in PAGES:
        address = template.format(**samples)
        empty = drive(port, [EMPTY], clients=CLIENTS, seconds=EMPTY_SECONDS)
        seen = look(address, port, cookies[viewer], processes)
        statements, alone = statements_of(address, cookies[viewer], processes[1])
        figures += figures_of(
            f"{name}, {size:,}",
            seen,
            empty_rate=empty.rate,
            alone=alone,
            sent=len(statements.sent),
        )
        print(f"{figures[-2].figure}: {seen}", file=sys.stderr)
    return figures


def figures_of(
    name: str, seen: Seen, *, empty_rate: float, alone: float, sent: int
) -> list[Figure]:
    """Write a page's two figures: its rate beside the empty answer, its cost beside its SQL."""
    page, size = name.rsplit(", ", 1)
    is_list = (page, int(size.replace(",", ""))) == TARGETED
    is_floor = page == FLOOR
    told = f"{sent} statements" if seen.status == OK else f"NOT ANSWERED ({seen.status})"
    rate_met = seen.rate >= RATE and seen.p95_ms <= P95_MS
    return [
        Figure(
            figure=name,
            value=round(seen.rate, 2),
            unit="pages/s",
            baseline=round(empty_rate, 1),
            ratio=round(seen.rate / empty_rate, 4),
            target=f">= {RATE:.0f}, p95 <= {P95_MS:.0f} ms"
            if is_list
            else f"p95 {seen.p95_ms:.0f} ms",
            met=rate_met if is_list else None,
        ),
        Figure(
            figure=f"{name}: processor",
            value=round(seen.processor_ms, 2),
            unit="ms",
            baseline=round(alone * 1000, 2),
            ratio=round(seen.processor_ms / (alone * 1000), 2),
            target=f"<= {FLOOR_MS:.0f} ms" if is_floor else told,
            met=seen.processor_ms <= FLOOR_MS if is_floor else None,
        ),
    ]


def _answer(address: str, cookie: str) -> None:
    Client(headers={"host": "127.0.0.1", "cookie": cookie}).get(address)


if __name__ == "__main__":
    size, port, *processes = map(int, sys.argv[1:])
    print(json.dumps([asdict(figure) for figure in measure(size, port, processes)]))

"""10,000 reminders enqueued and sent to a real SMTP server, over two kills of the tasks.

Each person leads a draft whose call closes within a day. What arrived is compared with what the
outbox says; the baseline sends the same mails over one connection, with nothing kept of them.
"""

from __future__ import annotations

import argparse
import os
import signal
import smtplib
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg
from aiosmtpd.controller import Controller

from banso.site.database import acquire, superuser_address
from benchmarks.figures import Figure, report

if TYPE_CHECKING:
    from banso.site.database import Cluster

REMINDERS: Final = 10_000
BASELINE: Final = 1_000
KILLS: Final = 2
PORT: Final = 8795
GIVE_UP_SECONDS: Final = 1_800.0
BANSO = (sys.executable, "-m", "banso.site.command_line")
FILL = (
    """INSERT INTO people_organisation (id, kind, short_name, name_ja, name_en, is_sample)
    VALUES ('00000000-0000-4000-8000-00000000b0d1', 'institution', '', 'bench-body', '', true)""",
    """INSERT INTO people_person (id, family_name, given_name, family_name_kana, given_name_kana,
           family_name_en, given_name_en, is_sample)
    SELECT gen_random_uuid(), 'bench-' || n, '', '', '', '', '', true
      FROM generate_series(1, %(count)s) n""",
    """INSERT INTO people_account (id, person_id, email, is_active, password, last_login)
    SELECT gen_random_uuid(), id, family_name || '@bench.example', true, '!', NULL
      FROM people_person WHERE family_name LIKE 'bench-%%'""",
    """INSERT INTO calls_call (id, slug, concept_id, agency_id, fiscal_year, round, type, slots, title_ja,
           title_en, summary_ja, summary_en, opens_at, closes_at, announced_at, opened_at, is_sample)
    SELECT gen_random_uuid(), 'bench', id, agency_id, 2025, 40, 'project', 1, '計測用の公募', '', '計測用', '',
           now() - interval '40 days', now() + interval '20 hours', now() - interval '50 days',
           now() - interval '40 days', true
      FROM catalogue_concept ORDER BY slug LIMIT 1""",
    """INSERT INTO proposals_proposal (id, call_id, lead_id, institution_id, title_ja, title_en,
           abstract, core_technology, requested_yen, drafted_at, version, sent_to_institution_at,
           approved_version, approved_by_id, approved_at, returned_at, return_comment, submitted_at,
           is_sample)
    SELECT gen_random_uuid(), c.id, p.id, '00000000-0000-4000-8000-00000000b0d1', '計測用の提案', '', '', '',
           NULL, now() - interval '40 days', 'v', NULL, '', NULL, NULL, NULL, '', NULL, true
      FROM calls_call c CROSS JOIN people_person p
     WHERE c.slug = 'bench' AND p.family_name LIKE 'bench-%%'""",
    """INSERT INTO proposals_teammember (id, proposal_id, person_id, role, effort_percent)
    SELECT gen_random_uuid(), id, lead_id, 'lead', 10 FROM proposals_proposal
     WHERE title_ja = '計測用の提案'""",
)
STATES = "SELECT state, count(*) FROM notices_message GROUP BY state"
LEFT = "SELECT count(*) FROM notices_message WHERE state IN ('waiting', 'handed-over')"
ASKED = "SELECT count(*) FROM notices_notice WHERE name = 'proposals.to_submit'"


class Counting:
    """A mail server that counts what arrives for whom."""

    def __init__(self) -> None:
        self.arrived: Counter[str] = Counter()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: ANN401, N802 - aiosmtpd's name and facts
        """Take the mail."""
        self.arrived[envelope.rcpt_tos[0]] += 1
        return "250 taken"


def main() -> int:
    """Remind on a cluster of its own, killing the tasks in between."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--reminders", type=int, default=REMINDERS)
    arguments = parser.parse_args()
    counting = Counting()
    controller = Controller(counting, hostname="127.0.0.1", port=PORT)
    controller.start()
    try:
        with tempfile.TemporaryDirectory(prefix="banso-bench-") as folder:
            figures = measure(arguments.reminders, Path(folder), counting)
    finally:
        controller.stop()
    report("notices", figures, as_json=arguments.json)
    return 0


def measure(count: int, data: Path, counting: Counting) -> list[Figure]:
    """Write what is due, send all of it, and compare."""
    data.chmod(0o755)  # the database's own user has to pass
    environ = {name: value for name, value in os.environ.items() if not _is_ours(name)}
    environ |= {
        "DATA": str(data),
        "BANSO_MAIL": f"smtp://127.0.0.1:{PORT}",
        "BANSO_MAIL_FROM": "banso@bench.example",
    }
    baseline = plain_rate()
    counting.arrived.clear()
    with acquire(data) as cluster:
        address = build(cluster, count, environ)
        with psycopg.connect(**address, autocommit=True) as connection:
            enqueued, sent = send(connection, count, environ, counting)
            states = dict(connection.execute(STATES).fetchall())
    return figures_of(count, counting, states, (enqueued, sent, baseline))


def build(cluster: Cluster, count: int, environ: dict[str, str]) -> dict[str, Any]:
    """Load K Program, and write that many drafts beside it."""
    for words in (["migrate", "--quiet"], ["load-program"]):
        subprocess.run(  # noqa: S603 - our own command
            [*BANSO, *words], env=environ, check=True, stdout=subprocess.DEVNULL
        )
    address = superuser_address(cluster.places) | {"dbname": "banso"}
    with psycopg.connect(**address, autocommit=True) as connection:
        for statement in FILL:
            connection.execute(statement, {"count": count})
        connection.execute("VACUUM ANALYZE")
    return address


def send(
    connection: psycopg.Connection[Any], count: int, environ: dict[str, str], counting: Counting
) -> tuple[float, float]:
    """Run the tasks until nothing waits, killing them on the way; tell how long each part took."""
    kills = [count * (number + 1) // (KILLS + 1) for number in range(KILLS)]
    began = time.monotonic()
    enqueued_at = 0.0
    tasks = start(environ)
    while time.monotonic() - began < GIVE_UP_SECONDS:
        time.sleep(0.05)
        if not enqueued_at and _number(connection, ASKED) == count:
            enqueued_at = time.monotonic()
        if kills and len(counting.arrived) >= kills[0]:
            tasks.kill()
            tasks.wait()
            kills.pop(0)
            tasks = start(environ)
        if enqueued_at and not kills and not _number(connection, LEFT):
            break
    sent_at = time.monotonic()
    tasks.send_signal(signal.SIGTERM)
    tasks.wait(60)
    return enqueued_at - began, sent_at - enqueued_at


def start(environ: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start the tasks."""
    return subprocess.Popen([*BANSO, "tasks"], env=environ)  # noqa: S603 - our own program


def plain_rate() -> float:
    """Send as many mails a second as one connection takes, keeping nothing of them."""
    text = "From: a@bench.example\r\nTo: b@bench.example\r\nSubject: x\r\n\r\n" + "y" * 800
    with smtplib.SMTP("127.0.0.1", PORT) as server:
        began = time.monotonic()
        for _ in range(BASELINE):
            server.sendmail("a@bench.example", ["b@bench.example"], text)
        return BASELINE / (time.monotonic() - began)


def figures_of(
    count: int, counting: Counting, states: dict[str, int], times: tuple[float, float, float]
) -> list[Figure]:
    """Compare what was asked for with what arrived."""
    enqueued, sent, baseline = times
    twice = sum(number - 1 for number in counting.arrived.values())
    doubt = states.get("in-doubt", 0)
    # What stands as sent and did not arrive; a doubt may have arrived or not, and says so.
    lost = count - len(counting.arrived)
    rate = count / sent
    return [
        Figure(figure="reminders", value=count, unit="mails"),
        Figure(figure="kills of the tasks while they sent", value=KILLS, unit="kills"),
        Figure(figure="found and enqueued", value=enqueued, unit="s"),
        Figure(figure="sent, with the kills", value=sent, unit="s"),
        Figure(
            figure="mails a second",
            value=rate,
            unit="1/s",
            baseline=baseline,
            ratio=rate / baseline,
        ),
        Figure(figure="sent twice", value=twice, unit="mails", target="0", met=twice == 0),
        Figure(figure="lost", value=lost, unit="mails", target="0", met=lost == 0),
        Figure(figure="in doubt after the kills", value=doubt, unit="mails"),
    ]


def _number(connection: psycopg.Connection[Any], query: str) -> int:
    [number] = connection.execute(query).fetchone() or [0]
    return int(number)


def _is_ours(name: str) -> bool:
    return name.startswith("BANSO_") or name in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}


if __name__ == "__main__":
    sys.exit(main())

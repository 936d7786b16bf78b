"""Recovery: kills of every kind of process under submissions, slow uploads, backup and restore."""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from banso.site.database import acquire, wait_until_stopped
from benchmarks import backup
from benchmarks.figures import Figure, report
from benchmarks.load import drive
from benchmarks.served.processes import (
    PORT,
    READY_SECONDS,
    orphans,
)
from benchmarks.served.site import BANSO, GIVE_UP_SECONDS, Site

if TYPE_CHECKING:
    from collections.abc import Callable

KILLS = 60
PROPOSALS = 1500
APPLICANTS = 4
PAUSE_SECONDS = 0.4  # of an applicant between two submissions
SEQUENCED_SECONDS = 60.0
TRICKLES, TRICKLE_BYTES, TRICKLE_SECONDS = 50, 100, 15.0
HEALTH_SECONDS, PAGE_SHARE = 1.0, 0.5
WARM_UP = 10  # of each page, on connections of their own, so that every process has answered it
TOKEN = "a" * 32
# After the kills: each receipt, and everything that a submission leaves.
LOOK = """
import json, django
django.setup()
from banso.proposals.models import Proposal, Receipt
from banso.ledger.models import Entry
from banso.web.file_store import verify
receipts = Receipt.objects.all()
submitted = Proposal.objects.filter(submitted_at__isnull=False)
print(json.dumps({
    "receipts": {str(one.proposal_id): one.number for one in receipts},
    "doubled": receipts.count() - len({one.proposal_id for one in receipts}),
    "half": len({one.proposal_id for one in receipts} ^ set(submitted.values_list("pk", flat=True)))
        + abs(receipts.count() - Entry.objects.filter(act="proposals.submit_proposal").count()),
    "broken": sum(not verify(f["sha256"], f["size"]) for one in receipts for f in one.files),
}))
"""
WAITING = """
import django
django.setup()
from banso.ledger.models import Pending
print(Pending.objects.count())
"""


KINDS = ("parent", "supervisor", "server", "backend", "web", "worker")


@dataclass(slots=True)
class Applicants:
    """Those who press submit, again with the same key when no answer came."""

    waiting: list[tuple[str, str]]
    told: dict[str, str] = field(default_factory=dict)
    is_over: threading.Event = field(default_factory=threading.Event)

    def run(self, first: int) -> None:
        """Submit one proposal after the other until told that it is over."""
        for proposal, session in self.waiting[first::APPLICANTS]:
            key = str(uuid.uuid4())
            while not self.is_over.is_set():
                if receipt := submit(proposal, session, key):
                    self.told[proposal] = receipt
                    break
                time.sleep(PAUSE_SECONDS / 4)
            if self.is_over.wait(PAUSE_SECONDS):
                return


def submit(proposal: str, session: str, key: str) -> str | None:
    """Press submit; the receipt's address, or nothing when none was given."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    body = urlencode({"csrfmiddlewaretoken": TOKEN, "idempotency_key": key})
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    try:
        connection.request("POST", f"/my/proposals/{proposal}/check/", body, headers)
        answer = connection.getresponse()
        answer.read()
    except (http.client.HTTPException, OSError):
        return None
    finally:
        connection.close()
    return answer.headers["Location"] if answer.status == http.client.SEE_OTHER else None


def kill_and_recover(site: Site, waiting: list[tuple[str, str]], kills: int) -> list[Figure]:
    """Kill a process of each kind in turn, and look what was lost."""
    applicants = Applicants(waiting)
    threads = [threading.Thread(target=applicants.run, args=(n,)) for n in range(APPLICANTS)]
    for thread in threads:
        thread.start()
    try:
        again = kill_in_turn(site, kills)
    finally:
        applicants.is_over.set()
        for thread in threads:
            thread.join()
    sequenced = _seconds_until(lambda: int(_spoken(site.environ, WAITING)) == 0)
    found = json.loads(_spoken(site.environ, LOOK))
    site.stop()
    lost = [one for one, at in applicants.told.items()
            if not at.endswith(f"/receipt/{found['receipts'].get(one)}/")]  # fmt: skip
    again.sort()
    return [
        *(_none(name, value) for name, value in (
            ("acknowledged submissions that were lost", len(lost)),
            ("submissions received twice", found["doubled"]),
            ("half submissions", found["half"]),
            ("receipts whose files do not verify", found["broken"]),
            ("orphans: processes or listeners after the stop", orphans(site.data)),
        )),
        Figure(figure="kills", value=len(again), unit="", target=f">= {kills}", met=True),
        Figure(figure="submissions acknowledged meanwhile", value=len(applicants.told), unit=""),
        Figure(figure="ready again, median", value=again[len(again) // 2], unit="s"),
        _most("ready again, slowest", again[-1], READY_SECONDS),
        _most("last entry in the tree after the last kill", sequenced, SEQUENCED_SECONDS),
    ]  # fmt: skip


def kill_in_turn(site: Site, kills: int) -> list[float]:
    """Kill one process after the other, every kind equally often; seconds to ready of each."""
    dice = random.Random(1)  # noqa: S311 - no secret
    again: list[float] = []
    kinds: list[str] = []
    while len(again) < kills:
        kinds = kinds or dice.sample(KINDS, len(KINDS))
        pid = site.victim(kinds[-1])
        if pid is not None:
            kind = kinds.pop()
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.1)  # so that the answer is not that of the one who was just killed
            again.append(0.1 + site.seconds_to_ready())
            print(f"{len(again)} {kind} {again[-1]:.1f} s", file=sys.stderr, flush=True)
        time.sleep(dice.uniform(0.2, 1.0))
    return again


def trickle(site: Site, waiting: list[tuple[str, str]]) -> list[Figure]:
    """Hold many uploads that hardly move, and ask for pages and health meanwhile."""
    addresses = ["/concepts/", "/en/concepts/"]
    for address in addresses * WARM_UP:
        urllib.request.urlopen(f"http://127.0.0.1:{PORT}{address}", timeout=60).close()
    quiet = drive(PORT, addresses, clients=4, seconds=5.0)
    is_over, held = threading.Event(), []
    for proposal, session in waiting[-TRICKLES:]:
        one = socket.create_connection(("127.0.0.1", PORT))
        one.sendall(
            f"POST /my/proposals/{proposal}/file/ HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\n"
            f"Cookie: sessionid={session}; csrftoken={TOKEN}\r\nContent-Length: 200000\r\n"
            f"Content-Type: multipart/form-data; boundary=x\r\n\r\n".encode()
        )
        held.append(one)
    slow = threading.Thread(target=_trickle, args=(held, is_over))
    slow.start()
    time.sleep(1.0)
    health = drive(PORT, ["/healthz"], clients=1, seconds=TRICKLE_SECONDS / 3)
    pages = drive(PORT, addresses, clients=4, seconds=TRICKLE_SECONDS / 3)
    is_over.set()
    slow.join()
    for one in held:
        one.close()
    del site
    share = pages.rate / quiet.rate
    return [
        _most("health, p99, with 50 uploads at 100 B/s", health.percentile(0.99) / 1000,
              HEALTH_SECONDS),
        Figure(figure="pages with 50 uploads at 100 B/s", value=pages.rate, unit="1/s",
               baseline=quiet.rate, ratio=share, target=f">= {PAGE_SHARE} of the quiet rate",
               met=share >= PAGE_SHARE),
    ]  # fmt: skip


def _trickle(held: list[socket.socket], is_over: threading.Event) -> None:
    while not is_over.wait(1.0):
        for one in held:
            with contextlib.suppress(OSError):
                one.sendall(b"x" * TRICKLE_BYTES)


def _seconds_until(holds: Callable[[], bool]) -> float:
    began_at = time.monotonic()
    while not holds() and time.monotonic() - began_at < GIVE_UP_SECONDS:
        time.sleep(0.5)
    return time.monotonic() - began_at


def _spoken(environ: dict[str, str], script: str) -> str:
    return subprocess.check_output([sys.executable, "-c", script], env=environ, text=True)  # noqa: S603 - our own


def _none(name: str, value: int) -> Figure:
    return Figure(figure=name, value=value, unit="", target="0", met=value == 0)


def _most(name: str, value: float, most: float) -> Figure:
    return Figure(figure=name, value=value, unit="s", target=f"<= {most:.0f}", met=value <= most)


def main() -> int:
    """Measure on throw-away folders."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--drafts", type=int, default=PROPOSALS, help="that wait to be submitted")
    parser.add_argument("--proposals", type=int, default=backup.PROPOSALS, help="of the backup")
    arguments = parser.parse_args()
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", PORT))  # another server there would share our requests
    with tempfile.TemporaryDirectory(prefix="banso-bench-") as folder:
        root = Path(folder)
        root.chmod(0o755)  # the database's own user has to pass
        data = root / "site"
        data.mkdir(mode=0o755)
        environ = {
            **os.environ,
            "DATA": str(data),
            "BANSO_SECRET_KEY": "only-for-this-run",
            "DJANGO_SETTINGS_MODULE": "banso.site.settings",
        }
        with acquire(data):
            subprocess.run([*BANSO, "migrate", "--quiet"], env=environ, check=True)  # noqa: S603 - our own
            made = subprocess.check_output(  # noqa: S603 - our own
                [sys.executable, "-m", "benchmarks.worlds.approved_drafts", str(arguments.drafts)],
                env=environ,
                text=True,
            )
        waiting = [tuple(json.loads(line)) for line in made.splitlines()]
        wait_until_stopped(data, GIVE_UP_SECONDS)
        site = Site(data, environ)
        site.start()
        try:
            site.seconds_to_ready()
            figures = trickle(site, waiting)
            figures += kill_and_recover(site, waiting[:-TRICKLES], arguments.kills)
        finally:
            site.stop()
        figures += backup.measure(root / "backup", proposals=arguments.proposals)
    report("recovery", figures, as_json=arguments.json)
    return 0 if all(figure.met is not False for figure in figures) else 1


if __name__ == "__main__":
    raise SystemExit(main())

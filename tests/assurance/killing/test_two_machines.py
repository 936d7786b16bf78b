"""Two web machines and two workers on one database, which fails over to its standby."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import tempfile
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.assurance.killing.standby import Pair
from tests.assurance.killing.test_server_kills import LOOK, PREPARE, TOKEN, spoken
from tests.journeys.conftest import BANSO, clean_environ, free_port
from tests.waiting import until

from banso.ledger.verify import Checkpoint, Frontier, leaf_hash
from banso.site.database import administrator_sql

PROPOSALS, LONG_PROPOSALS = 30, 120
BACK_WITHIN = 120.0
LEAVES = """
SELECT index, hash, commitment
  FROM ledger_leaf LEFT JOIN ledger_entry ON number = entry_id ORDER BY index
"""


class Machine:
    """One `banso serve` with its worker, on a data folder of its own."""

    def __init__(self, environ):
        self.port = free_port()
        self.log = (Path(environ["DATA"]) / "serve.log").open("wb")
        command = [*BANSO, "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, env=environ, stdout=self.log, stderr=self.log, start_new_session=True
        )

    def is_ready(self):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=20).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
        return True

    def submit(self, proposal, session, key):
        """Press submit; the receipt's address, or nothing when it was not acknowledged."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({"csrfmiddlewaretoken": TOKEN, "idempotency_key": key})
        try:
            connection.request("POST", f"/my/proposals/{proposal}/check/", body, headers)
            answer = connection.getresponse()
            answer.read()
        except (http.client.HTTPException, OSError):
            return None
        finally:
            connection.close()
        return answer.headers["Location"] if answer.status == http.client.SEE_OTHER else None

    def submit_until_told(self, proposal, session, key):
        """Press again with the same key, as a person does whom a 503 page told to."""
        return until(
            lambda: self.submit(proposal, session, key),
            f"{proposal} is answered",
            within=BACK_WITHIN,
        )

    def kill(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.log.close()


@pytest.fixture
def pair():
    folder = Path(tempfile.mkdtemp(prefix="b2-", dir="/tmp"))
    folder.chmod(0o711)
    servers = Pair(folder)
    try:
        servers.begin()
        yield servers
    finally:
        servers.stop()
        shutil.rmtree(folder)


@pytest.fixture
def environs(pair):
    """What each of two machines is told: one database, one folder of files, one ring of keys."""
    shared = Path(tempfile.mkdtemp(prefix="b2-shared-", dir="/tmp"))
    (shared / "files").mkdir(mode=0o700)
    told = []
    for name in ("east", "west"):
        (shared / name).mkdir()
        (shared / name / "files").symlink_to(shared / "files")
        told.append(clean_environ(shared / name) | reaching(pair, "primary", "standby") | {
            "DJANGO_SETTINGS_MODULE": "banso.site.settings",
            "BANSO_SECRET_KEY": "one-for-both",
            "BANSO_LEDGER_KEYS": str(shared / "keys"),
            "BANSO_FILES": str(shared / "files"),
        })  # fmt: skip
    yield told
    shutil.rmtree(shared)


@pytest.fixture
def machines(environs):
    started = []
    yield lambda: started.extend(map(Machine, environs)) or started
    for machine in started:
        machine.kill()


def reaching(pair, *names):
    roles = {"DATABASE_URL": "web", "DATABASE_OWNER_URL": "owner"}
    roles |= {"DATABASE_SEQUENCER_URL": "sequencer"}
    return {variable: pair.address(role, *names) for variable, role in roles.items()}


def make_tables(pair, environ):
    script = administrator_sql(environ, Path(environ["DATA"]))
    command = [pair.programs / "psql", "-qX", "-h", pair.socket("primary"), "-U", "postgres"]
    subprocess.run([*command, "postgres"], input=script, text=True, check=True)
    subprocess.run([*BANSO, "migrate", "--quiet"], env=environ, check=True)


def is_every_checkpoint_of_one_tree(pair):
    """Compute each signed root anew, from the leaves in their order."""
    rows = pair.ask("standby", LEAVES)
    assert [index for index, _, _ in rows] == [*range(len(rows))]
    assert [one for _, one, bound in rows if bound and bytes(one) != leaf_hash(bytes(bound))] == []
    frontier, roots = Frontier(), {}
    for index, leaf, _ in rows:
        frontier.append(bytes(leaf))
        roots[index + 1] = frontier.root()
    signed = pair.ask("standby", "SELECT size, root, note FROM ledger_checkpoint")
    return signed and all(
        bytes(root) == roots[size]
        and note.startswith(Checkpoint("banso.localhost/ledger", size, bytes(root)).body)
        for size, root, note in signed
    )


@pytest.mark.assurance("A-97")
@pytest.mark.enable_socket
@pytest.mark.xdist_group("servers")
def test_two_machines_go_on_with_the_standby_and_lose_nothing_acknowledged(
    pair, environs, machines, short_or_long
):
    proposals = short_or_long(PROPOSALS, LONG_PROPOSALS)
    pair.follow()
    make_tables(pair, environs[0])
    waiting = dict(map(json.loads, spoken(environs[0], PREPARE, str(proposals)).splitlines()))
    keys = {one: str(uuid.uuid4()) for one in waiting}
    east, west = machines()
    until(lambda: east.is_ready() and west.is_ready(), "readiness of both", within=BACK_WITHIN)
    first, second = [*waiting][: proposals // 2], [*waiting][proposals // 2 :]

    told = {
        one: (east, west)[number % 2].submit(one, waiting[one], keys[one])
        for number, one in enumerate(first)
    }
    pair.kill("primary")
    until(
        lambda: not east.is_ready() and not west.is_ready(),
        "no readiness of either",
        within=BACK_WITHIN,
    )
    unanswered = [west.submit(one, waiting[one], keys[one]) for one in second[:1]]
    pair.promote()
    until(
        lambda: east.is_ready() and west.is_ready(), "readiness of both again", within=BACK_WITHIN
    )
    east.kill()
    again = {one: west.submit_until_told(one, waiting[one], keys[one]) for one in waiting}
    until(
        lambda: pair.ask("standby", "SELECT 1 FROM ledger_pending") == [],
        "a place for every entry",
        within=BACK_WITHIN,
    )

    found = json.loads(spoken(environs[1], LOOK))
    assert unanswered == [None]
    assert all(told.values())
    assert {one: again[one] for one in first} == told
    assert all(again[one].endswith(f"/receipt/{found['receipts'][one]}/") for one in waiting)
    assert found["count"] == found["entries"] == len(found["submitted"]) == proposals
    assert found["whole"] is True
    assert is_every_checkpoint_of_one_tree(pair)


@pytest.mark.xdist_group("servers")
def test_an_address_that_reaches_a_standby_alone_is_refused_in_a_sentence(pair, environs):
    pair.follow()
    make_tables(pair, environs[0])
    environ = environs[0] | reaching(pair, "standby")

    refused = subprocess.run(
        [*BANSO, "ledger", "checkpoint"], env=environ, capture_output=True, text=True, check=False
    )

    assert refused.returncode == 1
    assert refused.stderr.startswith("banso: The database cannot be reached")
    assert "session is read-only" in refused.stderr
    assert refused.stderr.count("\n") == 1

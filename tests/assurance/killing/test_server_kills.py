"""A-91 over HTTP: the whole web server is killed while applicants press submit."""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from urllib.parse import urlencode

import pytest
from tests.journeys.conftest import BANSO, clean_environ, free_port
from tests.migrated import migrated_folder

from banso.site.database import acquire

KILLS, LONG_KILLS = 12, 60
PROPOSALS, LONG_PROPOSALS = 250, 900
# A server is killed while it answers the next after so many, however busy the machine is.
MOST_ANSWERED, LONGEST_LAST = 4, 0.05
READY_WITHIN = 60.0
TOKEN = "a" * 32

PREPARE = """
import json, sys, django
django.setup()
from datetime import timedelta
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.timezone import now
from banso.calls.commands.announce_call import announce_call
from banso.proposals.commands.institution.approve_proposal import approve_proposal
from banso.calls.commands.open_call import open_call
from banso.proposals.commands.institution.send_to_institution import send_to_institution
from banso.people.models import Account
from banso.rehearsal.cast import gather_cast, researcher
from banso.rehearsal.playing import Stage
from banso.rehearsal.program import concepts_to_rehearse, load_sample_program
from banso.rehearsal.course.proposing import appoint_program_officer, write_proposal
from banso.rehearsal.scene import Scene

at = now() - timedelta(days=2)
load_sample_program()
stage, [concept, *_] = Stage(1), concepts_to_rehearse()
cast = gather_cast(stage)
scene = Scene(stage, cast, concept, 0, at)
appoint_program_officer(scene, at)
call = stage.act("announce", announce_call, scene.officer, at, concept_id=concept.pk,
    slug="sample-kills", fiscal_year=2026, round=9, type="project", slots=1, title_ja="見本",
    summary_ja="見本", guidelines_ja="見本", opens_at=at + timedelta(hours=1),
    closes_at=at + timedelta(days=9))
call = stage.act("open", open_call, scene.officer, at, call_id=call.pk)
member = researcher(stage, "member", 0, cast.bodies["university"])
for number in range(int(sys.argv[1])):
    lead = researcher(stage, f"lead-{number}", number, cast.bodies["university"])
    begun = at + timedelta(hours=2)
    proposal = write_proposal(scene, call, f"{number}", lead=lead, member=member, at=begun)
    sent_at = at + timedelta(hours=5)
    proposal = send_to_institution(
        actor=stage_actor(lead, sent_at), proposal_id=proposal.pk, at=sent_at)
    officer = stage_actor(cast.people["university-officer"], sent_at)
    approve_proposal(actor=officer, proposal_id=proposal.pk, version=proposal.version, at=sent_at)
    account, session = Account.objects.get(person=lead), SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    print(json.dumps([str(proposal.pk), session.session_key]))
""".replace("stage_actor(", "_on_the_day(").replace(
    "import Stage\n", "import Stage, _on_the_day\n"
)
LOOK = """
import json, django
django.setup()
from banso.proposals.models import Proposal, Receipt
from banso.ledger.models import Entry
from banso.web.file_store import verify
receipts = Receipt.objects.all()
print(json.dumps({
    "receipts": {str(one.proposal_id): one.number for one in receipts},
    "count": receipts.count(),
    "entries": Entry.objects.filter(act="proposals.submit_proposal").count(),
    "submitted": [str(pk) for pk in Proposal.objects.filter(submitted_at__isnull=False)
                  .values_list("pk", flat=True)],
    "whole": all(verify(f["sha256"], f["size"]) for one in receipts for f in one.files),
}))
"""


@pytest.fixture
def environ():
    with migrated_folder() as folder, acquire(folder):
        yield clean_environ(folder) | {"DJANGO_SETTINGS_MODULE": "banso.site.settings"}


def spoken(environ, script, *words):
    command = [sys.executable, "-c", script, *words]
    return subprocess.check_output(command, env=environ, text=True)


class Server:
    """The web server with its workers, in a process group of its own."""

    def __init__(self, environ, port):
        command = [*BANSO, "serve", "--port", str(port)]
        quiet = subprocess.DEVNULL
        self.port = port
        self.process = subprocess.Popen(
            command, env=environ, stdout=quiet, stderr=quiet, start_new_session=True
        )
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
            else:
                return
        pytest.fail("the server did not become ready")

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def submit(self, proposal, session, key):
        """Press submit; the receipt's address, or nothing when no answer came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
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
        assert answer.status == http.client.SEE_OTHER
        return answer.headers["Location"]


@pytest.mark.assurance("A-91")
@pytest.mark.enable_socket
@pytest.mark.xdist_group("servers")
def test_a_killed_server_gives_no_receipt_without_a_whole_proposal(environ, short_or_long):
    kills = short_or_long(KILLS, LONG_KILLS)
    proposals = short_or_long(PROPOSALS, LONG_PROPOSALS)
    prepared = spoken(environ, PREPARE, str(proposals)).splitlines()
    waiting = dict(map(json.loads, prepared))
    keys, told, unanswered = {one: str(uuid.uuid4()) for one in waiting}, {}, 0

    for _ in range(kills):
        server = Server(environ, free_port())
        answered = random.randint(0, MOST_ANSWERED)  # noqa: S311 - no secret
        for number, proposal in enumerate([one for one in waiting if one not in told]):
            if number == answered:
                last = random.uniform(0, LONGEST_LAST)  # noqa: S311 - no secret
                killer = subprocess.Popen(
                    ["/bin/sh", "-c", f"sleep {last}; kill -KILL -{server.process.pid}"]
                )
            receipt = server.submit(proposal, waiting[proposal], keys[proposal])
            if receipt is None:
                unanswered += 1
                break
            told[proposal] = receipt
        killer.wait()
        server.process.wait()

    found = json.loads(spoken(environ, LOOK))
    assert unanswered == kills
    assert all(told[one].endswith(f"/receipt/{found['receipts'][one]}/") for one in told)
    assert set(found["submitted"]) == set(found["receipts"])
    assert found["count"] == found["entries"] == len(found["receipts"]) >= len(told) > 0
    assert found["whole"] is True

    server = Server(environ, free_port())
    again = {one: server.submit(one, waiting[one], keys[one]) for one in waiting}
    server.kill()

    settled = json.loads(spoken(environ, LOOK))
    assert {one: again[one] for one in told} == told
    assert settled["receipts"] | found["receipts"] == settled["receipts"]
    assert settled["count"] == settled["entries"] == proposals

"""A-91: a process is killed while it submits; what has a receipt is whole, the rest never was.

The child submits through the command itself; `test_server_kills` kills the web server.
"""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils.timezone import localdate, now, timedelta
from tests.proposals.factories import CallFactory, make_ready

from banso.ledger.models import Entry
from banso.ledger.models import Request as Remembered
from banso.ledger.requests import IncomingRequest, incoming
from banso.people.queries.actors import actor_for
from banso.proposals.commands.submission.submit_proposal import submit_proposal
from banso.proposals.models import Proposal, Receipt
from banso.web.file_store import verify

KILLS = 20
PROPOSALS = 400
# A child is killed while it works on after telling of so many, however busy the machine is.
MOST_TOLD, LONGEST_LAST = 12, 0.01
START_WITHIN = 20
DIGEST = hashlib.sha256(b"submit").digest()
# Each line of its input is one submission: a proposal, its lead, and the key of the request.
CHILD = """
import hashlib, os, sys
from uuid import UUID
import django
from django.conf import settings
import tests.settings
settings.DATABASES["default"]["NAME"] = os.environ["KILLED_DATABASE"]
settings.DATABASES["default"].update(HOST=os.environ["KILLED_HOST"])
django.setup()
from pathlib import Path
settings.DATA = Path(os.environ["KILLED_DATA"])
from banso.proposals.commands.submission.submit_proposal import submit_proposal
from banso.ledger.requests import IncomingRequest, incoming
from banso.people.actors import Actor
digest = hashlib.sha256(b"submit").digest()
print("ready", flush=True)
for line in sys.stdin:
    proposal, lead, key = map(UUID, line.split())
    with incoming(IncomingRequest(key, digest)):
        receipt = submit_proposal(actor=Actor(person_id=lead), proposal_id=proposal)
    print(key, receipt.number, flush=True)
print("done", flush=True)
"""


@pytest.fixture
def killed_child():
    """Start a child that submits these, kill it after some; give the receipts that it told."""

    def run(lines, told_first, last):
        with subprocess.Popen(
            [sys.executable, "-c", CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(),
        ) as child:
            child.stdin.write(lines)
            child.stdin.close()
            assert child.stdout.readline() == "ready\n"
            first = [child.stdout.readline() for _ in range(told_first)]
            time.sleep(last)
            child.send_signal(signal.SIGKILL)
            # The kill may cut the last line short; only a whole line was told.
            told = [
                line
                for line in "".join([*first, child.stdout.read()]).splitlines(keepends=True)
                if line.endswith("\n")
            ]
        return told, child.returncode

    return run


def environment():
    address = connection.settings_dict
    return {
        **os.environ,
        "PYTHONPATH": str(Path.cwd()),
        "KILLED_DATABASE": address["NAME"],
        "KILLED_HOST": address["HOST"],
        "KILLED_DATA": str(settings.DATA),
    }


def submit(proposal, key):
    actor = actor_for(proposal.lead_id, on=localdate())
    with incoming(IncomingRequest(key, DIGEST)):
        return submit_proposal(actor=actor, proposal_id=proposal.pk)


@pytest.mark.assurance("A-91")
@pytest.mark.django_db(transaction=True)
def test_a_killed_submission_is_whole_or_never_was(killed_child, settings, tmp_path):
    settings.DATA = tmp_path
    call = CallFactory(
        opens_at=now() - timedelta(days=1),
        opened_at=now() - timedelta(days=1),
        closes_at=now() + timedelta(days=1),
    )
    keys = {make_ready(call=call): uuid.uuid4() for _ in range(PROPOSALS)}
    told, returns = {}, []

    for _ in range(KILLS):
        lines = "".join(
            f"{one.pk} {one.lead_id} {key}\n"
            for one, key in keys.items()
            if not Receipt.objects.filter(proposal=one).exists()
        )
        told_first = random.randint(0, MOST_TOLD)  # noqa: S311 - no secret
        said, returned = killed_child(lines, told_first, random.uniform(0, LONGEST_LAST))  # noqa: S311 - no secret
        told.update(line.split() for line in said if " " in line)
        returns.append(returned)

    receipts = {receipt.proposal_id: receipt for receipt in Receipt.objects.all()}
    submitted = Proposal.objects.filter(submitted_at__isnull=False)
    entries = Entry.objects.filter(act="proposals.submit_proposal")
    numbers = {str(keys[receipt.proposal]): receipt.number for receipt in receipts.values()}
    assert returns == [-signal.SIGKILL] * KILLS
    assert 0 < len(receipts) < PROPOSALS
    assert told.items() <= numbers.items()
    assert set(submitted.values_list("pk", flat=True)) == set(receipts)
    assert Receipt.objects.count() == len(receipts) == entries.count()
    assert Remembered.objects.count() == len(receipts)
    assert all(
        verify(file["sha256"], file["size"])
        for receipt in receipts.values()
        for file in receipt.files
    )
    again = {one.pk: submit(one, key) for one, key in keys.items()}
    assert {pk: again[pk] for pk in receipts} == receipts
    assert Receipt.objects.count() == entries.count() == PROPOSALS

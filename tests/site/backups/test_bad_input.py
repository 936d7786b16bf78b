"""The issue's bad input, with the real commands on a small site, and a database elsewhere."""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from types import SimpleNamespace

import psycopg
import pytest
from tests.assurance.killing.test_server_kills import Server
from tests.journeys.conftest import clean_environ, free_port
from tests.migrated import migrated_folder
from tests.site.backups.conftest import backed_up_site, banso, processes_of
from tests.site.doctor.checks import RECEIPT
from tests.web.files.test_file_store import s3, s3_endpoint

from banso.site.backups import BackupRefused
from banso.site.backups.manifest import Manifest
from banso.site.database import acquire, superuser_address

__all__ = ["s3", "s3_endpoint"]
pytestmark = [pytest.mark.assurance("A-101"), pytest.mark.enable_socket]
BYTES = b"%PDF-1.7 received"
SHA256 = hashlib.sha256(BYTES).hexdigest()
FLIPS = 60
# The command itself, on a machine whose kernel says what mounts it has.
MOUNTED = """
import pathlib, sys
from banso.site.database import filesystems, places
filesystems.MOUNTS = places.MOUNTS = pathlib.Path(sys.argv.pop(1))
from banso.site.command_line import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def small():
    """A site with one stored file, which a row names, and a backup of it."""
    with migrated_folder() as data, acquire(data) as cluster:
        (data / "files").mkdir()
        (data / "files" / SHA256).write_bytes(BYTES)
        address = superuser_address(cluster.places) | {"dbname": "banso"}
        with psycopg.connect(**address) as connection:
            connection.execute("SET session_replication_role = replica")
            named = json.dumps([{"sha256": SHA256, "size": len(BYTES)}])
            connection.execute(RECEIPT, [named])
        environ, folder = clean_environ(data), data.with_name(f"{data.name}-backups")
        told = banso(environ, "backup", str(folder))
        assert told.returncode == 0, told.stderr
        host = cluster.socket_folder
        yield SimpleNamespace(
            data=data,
            environ=environ,
            folder=folder,
            backup=next(folder.glob("*Z")),
            url=f"postgresql://banso_web@/banso?host={host}",
        )
        shutil.rmtree(folder)


@pytest.fixture
def copy(small, tmp_path):
    return shutil.copytree(small.folder, tmp_path / "copy")


def listing(folder):
    found = sorted(str(one.relative_to(folder)) for one in folder.rglob("*"))
    return [one for one in found if not one.endswith(".lock")]


def test_a_clock_that_was_set_back_is_said_before_a_backup_passes_for_the_oldest(small, copy):
    [backup] = copy.glob("*Z")
    backup.rename(copy / "20990101T000000Z")
    before = listing(copy)

    told = banso(small.environ, "backup", str(copy), "--keep=1")

    assert told.returncode == 1
    assert "was made on 2099-01-01 00:00 UTC" in told.stderr
    assert "the clock is off, or was off then" in told.stderr
    assert listing(copy) == before


def test_no_byte_of_a_manifest_can_change_unseen(small, copy):
    [backup] = copy.glob("*Z")
    path = backup / "manifest.json"
    whole = path.read_bytes()
    for place in random.sample(range(len(whole)), FLIPS):
        spoilt = bytearray(whole)
        spoilt[place] ^= 1
        path.write_bytes(spoilt)
        if json_of(spoilt) == json.loads(whole):
            continue  # a space that says nothing

        with pytest.raises(BackupRefused):
            Manifest.read(backup)


def json_of(content):
    try:
        return json.loads(content)
    except ValueError:
        return None


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["migrate"], id="migrate"),
        pytest.param(["serve", "--port", "0"], id="serve"),
        pytest.param(["backup", "{folder}"], id="backup"),
        pytest.param(["restore", "{folder}"], id="restore"),
    ],
)
def test_a_data_folder_on_a_network_file_system_is_refused_and_left_as_it_is(
    small, tmp_path, words
):
    data, mounts = tmp_path / "data", tmp_path / "mountinfo"
    data.mkdir()
    mounts.write_text(f"36 22 0:32 / {data} rw - nfs4 store:/srv rw\n")
    command = [one.format(folder=small.folder) for one in words]

    told = subprocess.run(
        [sys.executable, "-c", MOUNTED, str(mounts), *command],
        env=small.environ | {"DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 1
    assert "is on a network file system (nfs4)" in told.stderr
    assert "Traceback" not in told.stderr
    assert listing(data) == []


def external(small, data):
    environ = {name: value for name, value in small.environ.items() if name != "DATA"}
    return environ | {"DATA": str(data), "DATABASE_URL": small.url}


@pytest.fixture
def elsewhere(small, tmp_path):
    """A data folder whose database is an external server's, and a backup of its files."""
    data, folder = tmp_path / "machine", tmp_path / "files-alone"
    shutil.copytree(small.data / "files", data / "files")
    told = banso(external(small, data), "backup", str(folder))
    return SimpleNamespace(folder=folder, told=told)


def test_the_files_of_a_site_with_an_external_database_are_backed_up_and_come_back(
    small, elsewhere, tmp_path
):
    new = tmp_path / "new"

    told = banso(external(small, new), "restore", str(elsewhere.folder), "--json")

    assert elsewhere.told.returncode == 0
    assert "its administrator copies it" in elsewhere.told.stderr
    assert (told.returncode, told.stderr) == (0, told.stderr)
    document = json.loads(told.stdout)
    assert (document["named_files"], document["unnamed_files"]) == (1, [])
    assert (new / "files" / SHA256).read_bytes() == BYTES


def test_following_an_external_database_is_refused_with_what_to_do_instead(small, tmp_path):
    data = tmp_path / "machine"
    data.mkdir()

    told = banso(external(small, data), "backup", str(tmp_path / "dir"), "--follow")

    assert told.returncode == 1
    assert "whose administrator archives its log" in told.stderr
    assert not (tmp_path / "dir").exists()


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        pytest.param("no-server", "does not answer", id="server-away"),
        pytest.param("no-file", "The database names 1 files that the backup does not", id="file"),
        pytest.param("embedded", "an external server kept the database", id="no-address"),
    ],
)
def test_files_that_do_not_fit_the_external_server_are_refused_and_nothing_is_left(
    small, elsewhere, tmp_path, harm, says
):
    new, environ = tmp_path / "new", external(small, tmp_path / "new")
    if harm == "no-server":
        environ["DATABASE_URL"] = f"postgresql://banso_web@/banso?host={tmp_path}"
    elif harm == "embedded":
        del environ["DATABASE_URL"]
    else:
        [backup] = elsewhere.folder.glob("*Z")
        without_files(backup)

    told = banso(environ, "restore", str(elsewhere.folder))

    assert told.returncode == 1
    assert says in told.stderr
    assert "Traceback" not in told.stderr
    assert not new.exists() or listing(new) == []


def without_files(backup):
    """Write a manifest that knows of no file, as before the row's file was stored."""
    manifest = Manifest.read(backup)
    manifest.files.clear()
    manifest.write(backup)


def test_a_whole_backup_is_refused_beside_an_external_database(small, tmp_path):
    told = banso(external(small, tmp_path / "new"), "restore", str(small.folder))

    assert told.returncode == 1
    assert "holds an embedded database, and DATABASE_URL names another" in told.stderr


def test_a_site_for_tests_whose_making_fails_leaves_no_process_and_no_folder():
    made = {}

    def serve_and_fail(root, environ, _folder):
        made["root"], made["server"] = root, Server(environ, free_port())
        raise RuntimeError("as a test would")

    with pytest.raises(RuntimeError, match="as a test would"), backed_up_site(serve_and_fail):
        pytest.fail("it was made")

    assert made["server"].process.wait(60) == 0
    assert list(processes_of(made["root"])) == []
    assert not made["root"].exists()


def test_files_in_a_folder_of_their_own_are_in_the_backup_and_come_back_into_the_data_folder(
    small, tmp_path
):
    own, folder, new = tmp_path / "own", tmp_path / "dir", tmp_path / "new"
    shutil.copytree(small.data / "files", own)
    machine = tmp_path / "machine"
    machine.mkdir()
    named = {"BANSO_FILES": str(own)}

    made = banso(external(small, machine) | named, "backup", str(folder))
    refused = banso(external(small, new) | named, "restore", str(folder))
    told = banso(external(small, new), "restore", str(folder))

    assert (made.returncode, refused.returncode, told.returncode) == (0, 1, 0)
    assert "files come back into" in refused.stderr
    assert (new / "files" / SHA256).read_bytes() == BYTES


def test_files_in_an_s3_store_are_said_not_to_be_there_and_are_looked_for_in_it(
    small, s3, s3_endpoint, tmp_path
):
    named = {"BANSO_FILES": "s3://banso-files/some/prefix", "BANSO_S3_ENDPOINT": s3_endpoint}
    named |= {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    folder, new, machine = (tmp_path / name for name in ("dir", "new", "machine"))
    machine.mkdir()

    made = banso(external(small, machine) | named, "backup", str(folder))
    without = banso(external(small, new) | named, "restore", str(folder))
    s3.write([BYTES])
    told = banso(external(small, new) | named, "restore", str(folder))

    assert (made.returncode, without.returncode, told.returncode) == (0, 1, 0), told.stderr
    assert "are not in this backup" in made.stderr
    assert "The database names 1 files" in without.stderr

"""Who can reach the embedded server: the user who started it, and nobody else."""

import os
import stat
import subprocess

import psutil
import psycopg
import pytest

from banso.site.database import acquire, embedded_address, make_database, status, superuser_address
from banso.site.database.embedded.binaries import installed_programs

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
DAEMON = 1
NOBODY = 65534


def as_web(cluster):
    make_database(cluster.places, "banso")
    return psycopg.connect(
        **embedded_address(cluster.places, "banso_web", "banso"), autocommit=True
    )


@pytest.mark.assurance("A-86")
def test_the_socket_folder_is_its_owners_alone(shared_cluster):
    socket = shared_cluster.socket_folder / ".s.PGSQL.5432"

    assert stat.S_IMODE(shared_cluster.socket_folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    assert stat.S_IMODE(shared_cluster.cluster_folder.stat().st_mode) == 0o700


@pytest.mark.assurance("A-86")
def test_the_server_listens_on_no_network(shared_cluster):
    server = psutil.Process(status(shared_cluster.places.home.parent).server_pid)

    kinds = {connection.family.name for connection in server.net_connections(kind="all")}

    assert kinds == {"AF_UNIX"}


@pytest.mark.assurance("A-86")
def test_everyone_who_connects_is_identified_by_the_kernel(shared_cluster):
    with psycopg.connect(**superuser_address(shared_cluster.places)) as connection:
        rules = connection.execute("SELECT type, auth_method, error FROM pg_hba_file_rules")

        assert rules.fetchall() == [("local", "peer", None)] * 2


@ROOT_ONLY
@pytest.mark.assurance("A-86")
@pytest.mark.parametrize(
    ("uid", "words"),
    [
        pytest.param(DAEMON, "Permission denied", id="stopped-at-the-folder"),
        pytest.param(NOBODY, "Peer authentication failed", id="stopped-by-the-server"),
    ],
)
def test_another_user_of_the_machine_cannot_connect(bare_cluster, uid, words):
    make_database(bare_cluster.places, "banso")
    psql = installed_programs() / "psql"

    for role in ("banso_web", "banso_owner", "postgres"):
        attempt = knock(uid, [psql, "-h", bare_cluster.socket_folder, "-U", role, "banso"])

        assert (attempt.returncode, attempt.stdout) == (2, "")
        assert words in attempt.stderr


def knock(uid, command):
    return subprocess.run(
        command,
        user=uid,
        group=uid,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
        input="SELECT 1",
    )


@pytest.mark.assurance("A-86")
@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE banso_owner",
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION banso_owner",
        "SET SESSION AUTHORIZATION postgres",
        "ALTER ROLE banso_web SUPERUSER",
        "ALTER ROLE banso_web BYPASSRLS",
        "GRANT banso_owner TO banso_web",
        "CREATE ROLE banso_shadow",
        "CREATE TABLE shadow (id int)",
        "CREATE SCHEMA shadow",
        "CREATE DATABASE shadow",
        "CREATE TEMP TABLE shadow (id int)",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
        "ALTER SYSTEM SET fsync = off",
        "SET session_replication_role = replica",
    ],
)
def test_the_web_role_cannot_become_more_than_it_is(bare_cluster, statement):
    with (
        as_web(bare_cluster) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)


def test_the_log_repeats_nothing_that_the_server_was_told(data):
    with acquire(data) as cluster, as_web(cluster) as connection:
        with pytest.raises(psycopg.errors.UndefinedColumn):
            connection.execute("SELECT protected_sentence")
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            connection.execute("SELECT %s::uuid", ["protected sentence"])

    assert "protected" not in (data / "database/server.log").read_text()

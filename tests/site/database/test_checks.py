"""Refusing to start on a database that must not keep the program's acts."""

from dataclasses import replace

import psycopg
import pytest

from banso.site.database import (
    DatabaseUnfit,
    acquire,
    check_address,
    check_database,
    embedded_address,
    make_database,
    require_fit_database,
    superuser_address,
    wait_until_stopped,
)
from banso.site.database.checks import Facts, role_findings, server_findings, version_findings

PATIENCE = 30.0
FIT = Facts(
    version=18,
    fsync="on",
    full_page_writes="on",
    data_checksums="on",
    synchronous_commit="on",
    is_replica=False,
    role="banso_web",
    is_superuser=False,
    bypasses_policies=False,
    makes_roles=False,
    reads_the_log=False,
    is_owner=False,
    memberships=[],
)


def findings_of(facts, *, is_external=False):
    return [
        *version_findings(facts, is_external=is_external),
        *server_findings(facts),
        *role_findings(facts),
    ]


@pytest.mark.assurance("A-100")
@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"version": 17}, "is PostgreSQL 17, and this banso needs 18", id="older"),
        pytest.param({"version": 19}, "is PostgreSQL 19, and this banso needs 18", id="newer"),
        pytest.param({"fsync": "off"}, "fsync is off", id="fsync"),
        pytest.param({"full_page_writes": "off"}, "full_page_writes is off", id="pages"),
        pytest.param({"data_checksums": "off"}, "Data checksums are off", id="checksums"),
        pytest.param({"data_checksums": None}, "Data checksums are off", id="no-checksums"),
        pytest.param({"synchronous_commit": "off"}, "synchronous_commit is off", id="commit-off"),
        pytest.param({"synchronous_commit": "local"}, "commit is local", id="commit-local"),
        pytest.param({"synchronous_commit": "remote_write"}, "is remote_write", id="remote-write"),
        pytest.param({"is_replica": True}, "is a read replica", id="replica"),
    ],
)
def test_a_server_that_could_lose_an_act_is_refused(change, words):
    [finding] = findings_of(replace(FIT, **change))

    assert words in finding


@pytest.mark.assurance("A-10")
@pytest.mark.assurance("A-100")
@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"is_superuser": True}, "banso_web is a superuser", id="superuser"),
        pytest.param({"bypasses_policies": True}, "bypass row-level security", id="bypassrls"),
        pytest.param({"makes_roles": True}, "may make roles", id="createrole"),
        pytest.param({"reads_the_log": True}, "may read the write-ahead log", id="replication"),
        pytest.param({"is_owner": True}, "owns the database", id="owner"),
        pytest.param({"memberships": ["banso_owner"]}, "member of banso_owner", id="member"),
        pytest.param(
            {"is_superuser": True, "memberships": ["banso_owner", "postgres"]},
            "banso_web is a superuser",
            id="superuser-is-everything",
        ),
    ],
)
def test_a_web_role_that_is_too_strong_is_refused(change, words):
    [finding] = findings_of(replace(FIT, **change))

    assert words in finding


@pytest.mark.assurance("A-100")
@pytest.mark.parametrize(
    ("version", "words"),
    [(15, ["is PostgreSQL 15, and banso needs 16 or later"]), (16, []), (18, []), (19, [])],
)
def test_an_external_server_may_be_16_or_later(version, words):
    findings = findings_of(replace(FIT, version=version), is_external=True)

    assert len(findings) == len(words)
    assert all(word in finding for word, finding in zip(words, findings, strict=True))


def test_a_commit_that_waits_for_the_standby_is_fit():
    assert findings_of(replace(FIT, synchronous_commit="remote_apply")) == []


@pytest.mark.assurance("A-100")
@pytest.mark.parametrize(
    ("address", "is_refused"),
    [
        pytest.param({"host": "/run/postgresql"}, False, id="socket"),
        pytest.param({"host": "@abstract"}, False, id="abstract-socket"),
        pytest.param({}, False, id="default-socket"),
        pytest.param({"host": "db", "sslmode": "verify-full"}, False, id="verified"),
        pytest.param({"host": "db"}, True, id="plain"),
        pytest.param({"host": "db", "sslmode": "require"}, True, id="unverified"),
        pytest.param({"host": "db", "sslmode": "verify-ca"}, True, id="authority-only"),
        pytest.param({"host": "127.0.0.1"}, True, id="loopback"),
        pytest.param({"host": "/run/postgresql,db"}, True, id="one-of-two"),
        pytest.param({"hostaddr": "192.0.2.1"}, True, id="address-in-numbers"),
    ],
)
def test_a_network_connection_has_to_prove_who_the_server_is(address, is_refused):
    assert bool(check_address(address)) is is_refused


@pytest.mark.assurance("A-100")
def test_the_embedded_database_is_fit_for_the_web_role(bare_cluster):
    make_database(bare_cluster.places, "banso")
    address = embedded_address(bare_cluster.places, "banso_web", "banso")

    with psycopg.connect(**address) as connection:
        assert check_database(connection, is_external=False) == []
        assert check_database(connection, is_external=True) == []
        require_fit_database(connection, is_external=False)


@pytest.mark.assurance("A-100")
def test_the_owner_is_no_web_role(bare_cluster):
    make_database(bare_cluster.places, "banso")
    address = embedded_address(bare_cluster.places, "banso_owner", "banso")

    with psycopg.connect(**address) as connection:
        assert check_database(connection, is_external=False, is_web=False) == []
        [policies, owns] = check_database(connection, is_external=False)

    assert "may bypass row-level security" in policies
    assert "owns the database" in owns


@pytest.mark.assurance("A-100")
def test_a_superuser_is_no_web_role(bare_cluster):
    with (
        psycopg.connect(**superuser_address(bare_cluster.places)) as connection,
        pytest.raises(DatabaseUnfit, match="The role postgres is a superuser"),
    ):
        require_fit_database(connection, is_external=False)


@pytest.mark.assurance("A-10")
@pytest.mark.assurance("A-100")
@pytest.mark.parametrize(
    ("statement", "words"),
    [
        pytest.param("GRANT banso_owner TO probe", "is a member of banso_owner", id="owner"),
        pytest.param("GRANT middleman TO probe", "of banso_owner, middle", id="through-another"),
        pytest.param("GRANT pg_write_all_data TO probe", "pg_write_all_data", id="all-data"),
        pytest.param("ALTER TABLE plain OWNER TO probe", "owns the database", id="owns-a-table"),
    ],
)
def test_a_role_that_was_made_stronger_is_found(bare_cluster, statement, words):
    make_database(bare_cluster.places, "banso")
    with psycopg.connect(
        **{**superuser_address(bare_cluster.places), "dbname": "banso"}
    ) as superuser:
        superuser.execute("CREATE TABLE plain (id int)")
        superuser.execute("CREATE ROLE middleman REPLICATION IN ROLE banso_owner")
        superuser.execute("CREATE ROLE probe LOGIN; GRANT banso_web TO probe")
        superuser.execute(statement)

    address = embedded_address(bare_cluster.places, "probe", "banso")
    with psycopg.connect(**address) as connection:
        [finding] = check_database(connection, is_external=False)

    assert words in finding


@pytest.mark.assurance("A-100")
def test_a_server_whose_safety_was_switched_off_is_found(data):
    with acquire(data) as cluster:
        make_database(cluster.places, "banso")
        with psycopg.connect(**superuser_address(cluster.places), autocommit=True) as superuser:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                superuser.execute(f"ALTER SYSTEM SET {setting} = off")
    wait_until_stopped(data, PATIENCE)
    (cluster.cluster_folder / "standby.signal").touch()

    with acquire(data) as cluster:
        address = embedded_address(cluster.places, "banso_web", "banso")
        with psycopg.connect(**address) as connection:
            findings = check_database(connection, is_external=False)

    assert [finding.split(",")[0] for finding in findings] == [
        "fsync is off",
        "full_page_writes is off",
        "synchronous_commit is off",
        "The server is a read replica",
    ]

"""The owner, the web role, and what an external server has to have."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from banso.site.database import (
    DatabaseUnavailable,
    DatabaseUnfit,
    administrator_sql,
    check_database,
    connection_settings,
    drop_database,
    embedded_address,
    ensure_database,
    make_database,
    superuser_address,
)

ANYWHERE = Path("/nowhere")  # an external server needs no data folder
ADMINISTRATOR = "An administrator of the server can make what is missing"


def connect(cluster, role, database="banso"):
    address = embedded_address(cluster.places, role, database)
    return psycopg.connect(**address, autocommit=True)


def environ_for(cluster, *, web="agency_web", owner="agency_owner"):
    """Name the embedded server as if it were somebody else's."""
    host = quote(str(cluster.socket_folder), safe="")
    return {
        "DATABASE_URL": f"postgresql://{web}@/agency?host={host}",
        "DATABASE_OWNER_URL": f"postgresql://{owner}@/agency?host={host}",
    }


def run_script(cluster, script):
    """Do what an administrator does with psql, whose own commands begin with a backslash."""
    before, after = script.replace('\\connect "agency"', "\\connect").split("\\connect")
    for database, part in (("postgres", before), ("agency", after)):
        address = {**superuser_address(cluster.places), "dbname": database}
        with psycopg.connect(**address, autocommit=True) as administrator:
            statements = "".join(
                line for line in part.splitlines(keepends=True) if line[:2] != "--"
            )
            for statement in filter(str.strip, statements.split(";")):
                administrator.execute(statement)


def test_the_web_role_works_on_tables_that_the_owner_makes_and_owns_none(bare_cluster):
    data = bare_cluster.places.home.parent
    ensure_database({}, data)
    ensure_database({}, data)

    with connect(bare_cluster, "banso_owner") as owner, connect(bare_cluster, "banso_web") as web:
        owner.execute("CREATE TABLE act (id bigserial, name text)")
        web.execute("INSERT INTO act (name) VALUES ('first'), ('second')")
        web.execute("UPDATE act SET name = 'changed' WHERE id = 1")
        web.execute("DELETE FROM act WHERE id = 2")
        assert web.execute("SELECT id, name FROM act").fetchall() == [(1, "changed")]
        for forbidden in ("TRUNCATE act", "DROP TABLE act", "CREATE INDEX ON act (name)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(forbidden)


@pytest.mark.assurance("A-10")
def test_row_level_security_binds_the_web_role_and_not_the_owner(bare_cluster):
    make_database(bare_cluster.places, "banso")

    with connect(bare_cluster, "banso_owner") as owner, connect(bare_cluster, "banso_web") as web:
        owner.execute("CREATE TABLE secret (id int)")
        owner.execute("INSERT INTO secret VALUES (1)")
        owner.execute("ALTER TABLE secret ENABLE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE secret FORCE ROW LEVEL SECURITY")
        assert web.execute("SELECT * FROM secret").fetchall() == []
        assert owner.execute("SELECT * FROM secret").fetchall() == [(1,)]


def test_rights_that_were_added_by_hand_are_taken_back(bare_cluster):
    make_database(bare_cluster.places, "banso")
    with psycopg.connect(**superuser_address(bare_cluster.places)) as superuser:
        superuser.execute("ALTER ROLE banso_web SUPERUSER CREATEROLE")

    make_database(bare_cluster.places, "banso")

    with connect(bare_cluster, "banso_web") as web:
        assert check_database(web, is_external=False) == []


def test_nobody_else_connects_to_the_database(bare_cluster):
    make_database(bare_cluster.places, "banso")
    with psycopg.connect(**superuser_address(bare_cluster.places)) as superuser:
        superuser.execute("CREATE ROLE stranger LOGIN")

    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        connect(bare_cluster, "stranger")


def test_a_database_can_be_dropped_while_someone_is_connected(bare_cluster):
    make_database(bare_cluster.places, "passing")

    with connect(bare_cluster, "banso_web", "passing"):
        drop_database(bare_cluster.places, "passing")
        drop_database(bare_cluster.places, "passing")

    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        connect(bare_cluster, "banso_web", "passing")


def test_an_external_server_without_the_roles_gets_a_script_for_its_administrator(bare_cluster):
    environ = environ_for(bare_cluster)

    with pytest.raises(DatabaseUnavailable, match=ADMINISTRATOR) as refusal:
        ensure_database(environ, ANYWHERE)

    assert administrator_sql(environ, ANYWHERE) in str(refusal.value)


def test_the_first_migration_of_an_external_server_prints_that_script(bare_cluster, tmp_path):
    environ = environ_for(bare_cluster)

    told = subprocess.run(
        [sys.executable, "-m", "banso.site.command_line", "migrate"],
        env={"PATH": os.environ["PATH"], "DATA": str(tmp_path), **environ},
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 1
    assert ADMINISTRATOR in told.stderr
    assert administrator_sql(environ, tmp_path) in told.stderr
    assert "Traceback" not in told.stderr


def test_the_administrators_script_is_enough(bare_cluster):
    environ = environ_for(bare_cluster)

    run_script(bare_cluster, administrator_sql(environ, ANYWHERE))

    ensure_database(environ, ANYWHERE)
    ensure_database(environ, ANYWHERE)
    with connect(bare_cluster, "agency_owner", "agency") as owner:
        owner.execute("CREATE TABLE act (id int)")
        assert check_database(owner, is_external=True, is_web=False) == []
    settings = connection_settings(environ, ANYWHERE)
    with psycopg.connect(
        host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"]
    ) as web:
        web.execute("INSERT INTO act VALUES (1)")
        assert check_database(web, is_external=True) == []


def test_an_owner_who_may_make_roles_makes_the_web_role_with_its_password(bare_cluster):
    environ = environ_for(bare_cluster, web="agency_web:pass%20word")
    with psycopg.connect(**superuser_address(bare_cluster.places), autocommit=True) as superuser:
        superuser.execute("CREATE ROLE agency_owner LOGIN CREATEROLE BYPASSRLS")
        superuser.execute("CREATE DATABASE agency OWNER agency_owner")

    ensure_database(environ, ANYWHERE)

    with psycopg.connect(**superuser_address(bare_cluster.places)) as superuser:
        query = "SELECT rolpassword FROM pg_authid WHERE rolname = 'agency_web'"
        [stored] = superuser.execute(query).fetchone()
    assert stored.startswith("SCRAM-SHA-256$")
    with connect(bare_cluster, "agency_web", "agency") as web:
        assert check_database(web, is_external=True) == []


@pytest.mark.parametrize(
    ("preparation", "words"),
    [
        pytest.param(
            "CREATE ROLE agency_owner LOGIN BYPASSRLS",
            "permission denied to create role",
            id="may-not-make-the-web-role",
        ),
        pytest.param(
            "CREATE ROLE agency_owner LOGIN CREATEROLE", "lack rights", id="bound-by-policies"
        ),
    ],
)
def test_an_owner_who_lacks_a_right_is_told_what_to_ask_for(bare_cluster, preparation, words):
    environ = environ_for(bare_cluster)
    with psycopg.connect(**superuser_address(bare_cluster.places), autocommit=True) as superuser:
        superuser.execute(preparation)
        superuser.execute("CREATE DATABASE agency OWNER agency_owner")

    with pytest.raises(DatabaseUnfit, match=rf"(?s){words}.*{ADMINISTRATOR}"):
        ensure_database(environ, ANYWHERE)


def test_owner_and_web_have_to_be_two_roles(bare_cluster):
    environ = environ_for(bare_cluster, web="agency", owner="agency")

    with pytest.raises(DatabaseUnfit, match="name the same role"):
        ensure_database(environ, ANYWHERE)


@pytest.mark.assurance("A-100")
def test_no_password_is_sent_to_a_server_that_does_not_prove_itself(tmp_path):
    environ = {
        "DATABASE_URL": "postgresql://web:password@db.example/banso",
        "DATABASE_OWNER_URL": "postgresql://owner:password@db.example/banso?sslmode=require",
    }

    with pytest.raises(DatabaseUnfit, match="does not prove who the server is") as refusal:
        ensure_database(environ, tmp_path)

    assert "password" not in str(refusal.value)

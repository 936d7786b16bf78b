"""One throw-away server for the whole session, and in it one database for each worker."""

import os
import shutil
from pathlib import Path

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.db import connections
from psycopg import sql
from tests.migrated import prepare_migrated

from banso.site.database import (
    acquire,
    drop_database,
    make_database,
    superuser_address,
    wait_until_stopped,
)
from banso.site.database.settings import DATABASE, ROLES

pytest_plugins = ["tests.acting", "tests.lanes", "tests.lock_order", "tests.contention"]

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
STOP_WITHIN = 30.0

hypothesis.settings.register_profile("ci", derandomize=False, print_blob=True, deadline=None)
hypothesis.settings.load_profile("ci")


def pytest_addoption(parser):
    parser.addoption(
        "--check", default="", help="run this assurance check alone, for example A-91"
    )
    parser.addoption(
        "--long", action="store_true", help="use the counts of `make long` in place of the short"
    )


@pytest.fixture
def short_or_long(request):
    """Choose between the count of `make test` and that of `make long`."""
    is_long = request.config.getoption("--long")
    return lambda short, long: long if is_long else short


def pytest_collection_modifyitems(config, items):
    """Keep the tests of one assurance check, if one is asked for; none of that name is an error."""
    check = config.getoption("--check")
    if not check:
        return
    kept = [one for one in items if check in _checks_of(one)]
    if not kept:
        raise pytest.UsageError(f"no test is marked as assurance check {check}")
    config.hook.pytest_deselected(items=[one for one in items if one not in kept])
    items[:] = kept


def _checks_of(item):
    return {check for mark in item.iter_markers("assurance") for check in mark.args}


def pytest_configure():
    """Remove what sessions left behind that were killed; other sessions may run beside this."""
    if not WORKER:
        for folder in settings.DATA.parent.glob("banso-test-*"):
            session = Path("/proc", folder.name.rpartition("-")[2])
            if not session.exists() and os.access(folder, os.W_OK):
                shutil.rmtree(folder, ignore_errors=True)


def pytest_unconfigure():
    """Remove the session's folder; the workers of pytest-xdist have ended by now."""
    if not WORKER and settings.DATA.exists() and wait_until_stopped(settings.DATA, STOP_WITHIN):
        shutil.rmtree(settings.DATA)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Copy the migrated database for this worker; tests then run as the web role."""
    connection = connections["default"]
    name = f"test_banso_{WORKER or 'alone'}"
    prepare_migrated(settings.DATA)
    with acquire(settings.DATA) as cluster:
        drop_database(cluster.places, name)
        copy_migrated(cluster.places, name)
        connection.settings_dict["NAME"] = name
        flush_past_the_web_role(connection, superuser_address(cluster.places) | {"dbname": name})
        yield
        with django_db_blocker.unblock():
            connection.close()
            connection.close_pool()


def copy_migrated(places, name):
    """Make the database as the migrated one is; the rights on the database itself are not copied."""
    copy = sql.SQL("CREATE DATABASE {name} TEMPLATE {migrated} OWNER {owner}")
    with psycopg.connect(**superuser_address(places), autocommit=True) as superuser:
        superuser.execute(
            copy.format(
                name=sql.Identifier(name),
                migrated=sql.Identifier(DATABASE),
                owner=sql.Identifier(ROLES["owner"]),
            )
        )
    make_database(places, name)


def flush_past_the_web_role(connection, address):
    """Let transactional tests empty the tables, which the web role may not.

    Triggers that protect a table from it stay quiet too, because here it is the tests who ask.
    """

    def execute_sql_flush(statements):
        with psycopg.connect(**address) as superuser:
            superuser.execute("SET session_replication_role = replica")
            for statement in statements:
                superuser.execute(statement)

    connection.ops.execute_sql_flush = execute_sql_flush

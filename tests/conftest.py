"""One throw-away server for the whole session, and in it one database for each worker."""

import os
import shutil
from pathlib import Path

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from banso.site.database import (
    acquire,
    drop_database,
    make_database,
    superuser_address,
    wait_until_stopped,
)

pytest_plugins = ["tests.acting", "tests.lock_order", "tests.contention"]

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
    """Make and migrate this worker's database as its owner; tests then run as the web role."""
    connection = connections["default"]
    name = f"test_banso_{WORKER or 'alone'}"
    with acquire(settings.DATA) as cluster:
        drop_database(cluster.places, name)
        make_database(cluster.places, name)
        connection.settings_dict["NAME"] = name
        with django_db_blocker.unblock():
            migrate_as_owner(connection)
        flush_past_the_web_role(connection, superuser_address(cluster.places) | {"dbname": name})
        yield
        with django_db_blocker.unblock():
            connection.close()
            connection.close_pool()


def migrate_as_owner(connection):
    web = connection.settings_dict["USER"]
    connection.settings_dict["USER"] = "banso_owner"
    call_command("migrate", verbosity=0, run_syncdb=True)
    connection.close()
    connection.close_pool()
    connection.settings_dict["USER"] = web


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

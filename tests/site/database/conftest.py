"""Throw-away servers, and other processes that use them."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from banso.site.database import acquire, status, superuser_address, wait_until_stopped

PATIENCE = 30.0
MADE_DATABASES = (
    "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'"
)
MADE_ROLES = "SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' AND NOT rolsuper"

USE_UNTIL_INPUT_ENDS = """
import sys
from pathlib import Path
from banso.site.database import acquire, status

data = Path(sys.argv[1])
acquire(data)
print(status(data).server_pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def data():
    """A folder that others may pass through, as pytest's own may not."""
    yield from throw_away_folder()


@pytest.fixture(scope="session")
def shared_cluster():
    """A running server for tests that neither stop it nor change how it is set."""
    for folder in throw_away_folder():
        with acquire(folder) as cluster:
            yield cluster


@pytest.fixture
def bare_cluster(shared_cluster):
    """The shared server, as if it had just been made."""
    yield shared_cluster
    with psycopg.connect(**superuser_address(shared_cluster.places), autocommit=True) as superuser:
        for query, drop in ((MADE_DATABASES, "DROP DATABASE {}"), (MADE_ROLES, "DROP ROLE {}")):
            for (name,) in superuser.execute(query).fetchall():
                superuser.execute(sql.SQL(drop).format(sql.Identifier(name)))


@pytest.fixture
def start_user(data):
    """Start other processes that use the server; the call does not wait for them."""
    users = []

    def start():
        user = subprocess.Popen(
            [sys.executable, "-c", USE_UNTIL_INPUT_ENDS, data],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        users.append(user)
        return user

    yield start
    for user in users:
        user.kill()
        user.communicate()


def throw_away_folder():
    folder = Path(tempfile.mkdtemp(prefix="banso-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    if not wait_until_stopped(folder, PATIENCE):
        os.kill(status(folder).supervisor_pid, signal.SIGTERM)
        wait_until_stopped(folder, PATIENCE)
    shutil.rmtree(folder)

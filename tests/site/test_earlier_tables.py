"""A data folder of before the present tables is met with one sentence, and stays as it is."""

import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest
from tests.journeys.conftest import BANSO, clean_environ, wait_until_database_stopped

from banso.site.database import acquire, superuser_address

BEFORE = (
    "UPDATE django_migrations SET app = 'calls', name = '0001_record_calls_and_proposals'"
    " WHERE app = 'proposals' AND name LIKE '0001%'"
)
APPLIED = "SELECT app, name FROM django_migrations ORDER BY id"


@pytest.fixture
def earlier():
    """A folder whose database says that calls and proposals were made by one migration."""
    with tempfile.TemporaryDirectory(prefix="be-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with acquire(folder) as cluster:
            environ = clean_environ(folder)
            subprocess.run([*BANSO, "migrate", "--quiet"], env=environ, check=True)
            address = superuser_address(cluster.places) | {"dbname": "banso"}
            with psycopg.connect(**address, autocommit=True) as connection:
                connection.execute(BEFORE)
                yield environ, lambda: connection.execute(APPLIED).fetchall()
        wait_until_database_stopped(folder)


def test_every_way_in_says_once_that_samples_are_played_anew(earlier):
    environ, applied = earlier
    before = applied()

    told = {
        words: subprocess.run(
            [*BANSO, words], env=environ, capture_output=True, text=True, check=False
        )
        for words in ("migrate", "rehearse", "worker", "load-program")
    }

    sentence = (
        "banso: The database is of an earlier release that this one does not take over: its "
        f"samples are played anew, so name an empty folder in DATA, or move {environ['DATA']} "
        "away, and type `make demo`.\n"
    )
    assert {words: (one.returncode, one.stderr) for words, one in told.items()} == dict.fromkeys(
        told, (1, sentence)
    )
    assert applied() == before

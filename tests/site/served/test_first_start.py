"""A server that is started before anybody made its database says so, and ends."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from tests.site.served.conftest import BANSO, READY_WITHIN, STOP_WITHIN, clean_environ, free_port

from banso.site.database import wait_until_stopped


@pytest.fixture
def untouched():
    folder = Path(tempfile.mkdtemp(prefix="bf-", dir="/tmp"))
    folder.chmod(0o755)  # so that the database's own user can enter, and lives in it
    yield folder
    assert wait_until_stopped(folder, STOP_WITHIN)
    shutil.rmtree(folder)


@pytest.mark.parametrize("words", [["serve"], ["worker"]], ids=" ".join)
def test_before_the_first_migration_a_sentence_says_what_to_run(untouched, words):
    own = clean_environ(untouched) | {"PORT": str(free_port())}

    told = subprocess.run(
        [*BANSO, *words], env=own, capture_output=True, text=True, check=False,
        timeout=10 * READY_WITHIN,
    )  # fmt: skip

    assert told.returncode == 1
    assert "There is no database yet. Run `banso migrate` first." in told.stderr
    assert "Traceback" not in told.stderr
    assert "error connecting" not in told.stderr

"""A real `banso serve` on a throw-away folder, and what stands before it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.migrated import migrated_folder

from banso.site.database import acquire

BANSO = [sys.executable, "-m", "banso.site.command_line"]
READY_WITHIN = 90.0
STOP_WITHIN = 60.0
OURS = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(OURS):
            item.add_marker(pytest.mark.enable_socket)
            item.add_marker(pytest.mark.xdist_group("served"))


@pytest.fixture(scope="session")
def data():
    """Make a database with the tables, which runs as long as the tests that use it."""
    with migrated_folder() as folder, acquire(folder):
        yield folder


@contextmanager
def serving(folder, **own):
    """Serve the folder with these settings, and give the port."""
    port = free_port()
    environ = clean_environ(folder) | own
    log = folder / "serve.log"
    with log.open("wb") as written:
        server = subprocess.Popen(
            [*BANSO, "serve", "--port", str(port), "--without-worker"],
            env=environ,
            stdout=written,
            stderr=written,
        )
        try:
            wait_until_answering(port, server, log)
            yield port
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(STOP_WITHIN)


def clean_environ(folder):
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("BANSO_") and name not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}
    }
    return {**own, "DATA": str(folder)}


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_until_answering(port, server, log):
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(log.read_text())

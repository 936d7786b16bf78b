"""A served sample program and a browser; without Chromium each journey says it did not run."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from tests.journeys.steps import Site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BANSO = [sys.executable, "-m", "banso.site.command_line"]
READY_WITHIN = 60.0
STOP_WITHIN = 30.0
OURS = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(OURS):
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.enable_socket)
            item.add_marker(pytest.mark.xdist_group("journeys"))
            if CHROMIUM is None:
                reason = f"not run: Chromium is not here: {item.name}"
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def address():
    """One served sample program for all who leave it as they found it."""
    with served_sample() as shared:
        yield shared


@pytest.fixture(scope="module")
def own_address():
    """A sample program of its own for a module that sends, approves or writes on a draft."""
    with served_sample() as own:
        yield own


@contextmanager
def served_sample():
    """Play the sample program in a throw-away folder, serve it, and take everything away."""
    folder = Path(tempfile.mkdtemp(prefix="bj-", dir="/tmp"))
    folder.chmod(0o755)  # so that the database's own user can enter, and lives in it
    environ = clean_environ(folder)
    subprocess.run([*BANSO, "rehearse"], env=environ, check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    with (folder / "serve.log").open("wb") as log:
        server = subprocess.Popen(
            [*BANSO, "serve", "--port", str(port)], env=environ, stdout=log, stderr=log
        )
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/readyz", server, folder / "serve.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(STOP_WITHIN)
            wait_until_database_stopped(folder)
            shutil.rmtree(folder)


def clean_environ(folder):
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("BANSO_") and name not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}
    }
    return {**own, "BANSO_DEMO": "1", "DATA": str(folder)}


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_until_ready(address, server, log):
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"the server did not become ready:\n{log.read_text()}")


def wait_until_database_stopped(folder):
    """Wait for the embedded database, which ends after the server that held it."""
    until = time.monotonic() + STOP_WITHIN
    while next(folder.rglob("postmaster.pid"), None) and time.monotonic() < until:
        time.sleep(0.2)


@pytest.fixture(scope="module")
def browser():
    """Start Chromium for one module: Playwright's loop must not outlive it into database tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def site(request, browser):
    """Whoever visits in a test has a browser context of their own, closed at its end."""
    has_own = getattr(request.module, "HAS_ITS_OWN_SITE", False)
    opened = Site(request.getfixturevalue("own_address" if has_own else "address"), browser)
    yield opened
    opened.close()

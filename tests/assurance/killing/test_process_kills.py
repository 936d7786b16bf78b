"""A-97 over a real `banso serve`: whatever is killed is replaced, and nothing outlives its parent."""

import errno
import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests.journeys.conftest import BANSO, clean_environ, free_port
from tests.migrated import migrated_folder
from tests.waiting import until

from banso.site.database.embedded.joining import supervised_pids
from banso.site.database.embedded.locks import is_taken
from banso.site.database.places import places_of

WITHIN = 60.0


def children_of(pid):
    return {
        int(stat.parent.name): (stat.parent / "cmdline").read_bytes().split(b"\0")
        for stat in Path("/proc").glob("[0-9]*/stat")
        if parent_of(stat) == pid
    }


def parent_of(stat):
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None


class Served:
    """A `banso serve` that the test kills in part and in whole."""

    def __init__(self, folder):
        self.environ, self.folder, self.port = clean_environ(folder), folder, free_port()
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [*BANSO, "serve", "--port", str(self.port)], env=self.environ
        )
        until(self.is_ready, "ready", within=WITHIN)

    def is_ready(self):
        return self.answers("/readyz")

    def answers(self, address):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}{address}", timeout=5).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
        return True

    def processes(self, kind):
        return [pid for pid, words in children_of(self.process.pid).items() if kind in words]

    def is_port_free(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) != 0

    def another(self, folder, port):
        return subprocess.run(
            [*BANSO, "serve", "--port", str(port)],
            env=clean_environ(folder),
            capture_output=True,
            text=True,
            check=False,
            timeout=WITHIN,
        )

    def end(self):
        self.process.terminate()
        return self.process.wait(WITHIN)


@pytest.fixture
def folder():
    with migrated_folder() as folder:
        yield folder


@pytest.fixture
def served(folder):
    served = Served(folder)
    yield served
    served.end()


pytestmark = [
    pytest.mark.assurance("A-97"),
    pytest.mark.enable_socket,
    pytest.mark.xdist_group("servers"),
]


def test_a_killed_database_or_its_supervisor_is_replaced(served):
    places = places_of(served.folder, served.environ)
    for which in (0, 1):
        killed = supervised_pids(places)[which]
        os.kill(killed, signal.SIGKILL)

        until(
            lambda which=which, killed=killed: (
                supervised_pids(places)[which] not in {killed, None}
            ),
            "replaced",
            within=WITHIN,
        )
        until(served.is_ready, "ready again", within=WITHIN)


def test_killed_web_processes_and_workers_are_replaced_however_quickly_they_die(served):
    killed = set()
    for kind in (b"web", b"web", b"web", b"worker", b"worker", b"tasks", b"tasks"):

        def alive(kind=kind):
            return {*served.processes(kind)} - killed

        until(alive, f"{kind} runs", within=WITHIN)
        killed.add(chosen := alive().pop())
        os.kill(chosen, signal.SIGKILL)

    until(lambda: len(served.processes(b"web")) == 2, "two web processes", within=WITHIN)
    until(served.is_ready, "ready again", within=WITHIN)
    assert served.process.poll() is None


def test_no_child_holds_a_descriptor_of_a_lock_but_the_workers_own(served):
    until(lambda: is_taken(served.folder / "tasks.lock"), "the tasks run", within=WITHIN)
    held = {
        descriptor.readlink().name
        for pid in children_of(served.process.pid)
        for descriptor in Path(f"/proc/{pid}/fd").iterdir()
        if descriptor.is_symlink() and descriptor.readlink().suffix == ".lock"
    }

    assert held == {"worker.lock", "tasks.lock"}


def test_a_killed_parent_takes_everything_with_it_and_the_next_start_serves(served):
    places = places_of(served.folder, served.environ)
    for _ in range(2):
        children = children_of(served.process.pid)
        served.process.kill()
        served.process.wait()

        until(
            lambda children=children: not any(Path(f"/proc/{pid}").exists() for pid in children),
            "children gone",
            within=WITHIN,
        )
        until(served.is_port_free, "port free", within=WITHIN)
        until(lambda: not is_taken(places.supervisor_lock), "database stopped", within=WITHIN)
        served.start()


def test_a_second_server_on_the_folder_or_the_port_is_refused_in_one_sentence(served, tmp_path):
    on_folder = served.another(served.folder, free_port())
    on_port = served.another(tmp_path, served.port)

    assert (on_folder.returncode, on_port.returncode) == (1, 1)
    assert on_folder.stderr.startswith("banso: Another `banso serve` already serves")
    assert on_port.stderr.startswith(f"banso: 127.0.0.1 port {served.port} cannot be listened on")
    assert served.is_ready()


def test_who_comes_before_the_site_can_answer_is_refused_and_does_not_wait(folder):
    environ, port = clean_environ(folder), free_port()
    process = subprocess.Popen([*BANSO, "serve", "--port", str(port)], env=environ)
    outcomes = []

    def asked():
        with socket.socket() as probe:
            probe.settimeout(WITHIN)
            outcomes.append(probe.connect_ex(("127.0.0.1", port)))
            return outcomes[-1] == 0 and first_byte(probe)

    until(asked, "answered", within=WITHIN)
    process.terminate()

    assert set(outcomes[:-1]) == {errno.ECONNREFUSED}
    assert process.wait(WITHIN) == 0


def first_byte(probe):
    probe.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    return probe.recv(1) == b"H"


def test_an_orderly_stop_leaves_nothing_behind(folder):
    served = Served(folder)
    children = children_of(served.process.pid)

    status = served.end()

    assert status == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)
    assert served.is_port_free()
    assert not is_taken(places_of(folder, served.environ).supervisor_lock)

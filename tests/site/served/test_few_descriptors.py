"""A-96: descriptors that run out in a served process, and connections that nobody uses."""

import resource
import socket
import threading
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from tests.site.served.acts import BOUND_SECONDS, ask, until_ready
from tests.site.served.conftest import serving
from tests.waiting import until

pytestmark = pytest.mark.assurance("A-96")
IDLE = 300  # more than two processes took at a time
CLIENTS = 24
ROUNDS = 4
FEW = 96
SPOOLED = b"x" * 500_000
PATHS = ("/healthz", "/en/", "/en/accounts/login/")


def is_open(one):
    """Tell whether the server has not hung up."""
    one.settimeout(0)
    try:
        return one.recv(1) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def test_connections_that_nobody_uses_stop_no_page(data):
    with serving(data) as port, ExitStack() as held:
        idle = [
            held.enter_context(closing(socket.create_connection(("127.0.0.1", port))))
            for _ in range(IDLE)
        ]
        statuses = [ask(port, "GET", path, "")[0].status for path in PATHS]
        still_there = sum(map(is_open, idle))

    assert statuses == [200] * len(PATHS)
    assert still_there == IDLE


class Crowd:
    """Clients that send forms which have to be kept in files, and note how they were answered."""

    def __init__(self, port):
        self.port, self.answers = port, []
        self.threads = [threading.Thread(target=self.send) for _ in range(CLIENTS)]

    def send(self):
        for _ in range(ROUNDS):
            self.answers.append(ask(self.port, "POST", "/en/accounts/login/", "", SPOOLED))

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_fault):
        for thread in self.threads:
            thread.join()


def test_a_server_with_few_descriptors_takes_a_crowd_one_after_the_other(data):
    with serving(data, descriptors=FEW) as port:
        until_ready(port, 200)
        with Crowd(port) as crowd:
            health = [ask(port, "GET", "/healthz", "")[0].status for _ in range(20)]
        after = [ask(port, "GET", path, "")[0].status for path in PATHS]

    assert health == [200] * 20
    assert after == [200] * len(PATHS)
    assert len(crowd.answers) == CLIENTS * ROUNDS
    assert {answer.status for answer, _ in crowd.answers} == {403}


def web_processes(data):
    """Find both web processes that serve the folder."""

    def both():
        found = [int(one.name) for one in Path("/proc").glob("[0-9]*") if serves(one, data)]
        return found if len(found) == 2 else None

    return until(both, "two web processes", within=BOUND_SECONDS)


def serves(process, data):
    try:
        words = (process / "cmdline").read_bytes().split(b"\0")
        settings = (process / "environ").read_bytes().split(b"\0")
    except OSError:
        return False
    return {b"web", b"--socket"} <= set(words) and f"DATA={data}".encode() in settings


@contextmanager
def only_a_few_more_for(processes, count):
    """Let processes open no more than so many descriptors beside those that they have."""
    before = {one: resource.prlimit(one, resource.RLIMIT_NOFILE) for one in processes}
    for one, (_, hard) in before.items():
        has = len(list(Path(f"/proc/{one}/fd").iterdir()))
        resource.prlimit(one, resource.RLIMIT_NOFILE, (has + count, hard))
    try:
        yield
    finally:
        for one, limits in before.items():
            resource.prlimit(one, resource.RLIMIT_NOFILE, limits)


def test_a_process_without_descriptors_says_so_in_our_page_and_comes_back(data):
    with serving(data) as port:
        until_ready(port, 200)
        with only_a_few_more_for(web_processes(data), 6), Crowd(port) as crowd:
            health = [ask(port, "GET", "/healthz", "")[0].status for _ in range(20)]
        after = [ask(port, "GET", path, "")[0].status for path in PATHS]

    refused = [(answer, page) for answer, page in crowd.answers if answer.status != 403]
    assert health == [200] * 20
    assert after == [200] * len(PATHS)
    assert len(crowd.answers) == CLIENTS * ROUNDS
    assert refused
    for answer, page in refused:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
        assert b"We cannot answer for the moment" in page

import http.client
import socket
import threading
from contextlib import ExitStack, contextmanager

import psycopg
import pytest
from tests.site.served.conftest import serving

from banso.site.database import acquire, embedded_address

TRICKLES = 50
HEAD = (
    "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {length}\r\n\r\n"
)


@pytest.fixture(scope="module")
def port(data):
    with serving(data, BANSO_SIGNED_IN_SECONDS="2", BANSO_PUBLIC_SECONDS="2") as one:
        yield one


def get(port, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def post(port, path, length):
    one = socket.create_connection(("127.0.0.1", port), timeout=60)
    one.sendall(HEAD.format(path=path, port=port, length=length).encode())
    return one


@contextmanager
def trickling(port):
    """Keep fifty forms on their way, 100 bytes a second each."""
    with ExitStack() as open_ones:
        forms = [
            open_ones.enter_context(post(port, "/accounts/login/", 500_000))
            for _ in range(TRICKLES)
        ]
        enough = threading.Event()

        def trickle():
            while not enough.wait(0.5):
                for form in forms:
                    form.sendall(b"x" * 50)

        thread = threading.Thread(target=trickle)
        thread.start()
        try:
            yield forms
        finally:
            enough.set()
            thread.join()


def test_fifty_forms_on_slow_lines_stop_no_page(port):
    paths = ["/healthz", "/readyz", "/en/", "/en/accounts/login/"] * 10

    with trickling(port):
        statuses = [get(port, path)[0] for path in paths]

    assert statuses == [200] * len(paths)


@pytest.mark.parametrize("path", ["/en/accounts/login/", "/en/my/proposals/"])
def test_a_visitors_300_megabytes_are_refused_at_once_and_nothing_is_stored(port, data, path):
    with post(port, path, 300_000_000) as form:
        answer = form.recv(65_536)

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert list((data / "tmp").glob("*")) == []


def test_queries_that_wait_too_long_end_in_our_page_and_stop_no_visitor(port, data):
    answers = []

    def read_mine():
        cookie = "sessionid=abcdefghijklmnopqrstuvwxyz012345"
        answers.append(get(port, "/en/my/proposals/", Cookie=cookie))

    with acquire(data) as cluster:
        owner = embedded_address(cluster.places, "banso_owner", "banso")
        with psycopg.connect(**owner) as connection:
            connection.execute("LOCK TABLE django_session IN ACCESS EXCLUSIVE MODE")
            readers = [threading.Thread(target=read_mine) for _ in range(6)]
            for reader in readers:
                reader.start()
            meanwhile = [get(port, path)[0] for path in ("/healthz", "/readyz", "/en/") * 5]
            for reader in readers:
                reader.join()

    assert meanwhile == [200] * 15
    assert [status for status, _ in answers] == [503] * 6
    assert all("We cannot answer for the moment" in page for _, page in answers)
    assert get(port, "/en/accounts/login/")[0] == 200

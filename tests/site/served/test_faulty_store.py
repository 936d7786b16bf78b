"""A-99 over a real `banso serve`: an S3 store that is not well stops no page and loses nothing."""

import http.client
import json
import re
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.assurance.killing.test_server_kills import LOOK, PREPARE, spoken
from tests.site.served.acts import BOUND_SECONDS, ask, attach, submit, until_answered, until_ready
from tests.site.served.conftest import banso, clean_environ, serving
from tests.web.files.faulty_proxy import faulty_proxy
from tests.web.files.test_file_store import BUCKET, make_bucket, s3_endpoint

__all__ = ["s3_endpoint"]
pytestmark = pytest.mark.assurance("A-99")
READERS = 6


@pytest.fixture(scope="module")
def proxy(s3_endpoint):
    make_bucket(s3_endpoint)
    with faulty_proxy(s3_endpoint) as one:
        yield one


@pytest.fixture(scope="module")
def environ(data, proxy):
    own = {
        "BANSO_FILES": f"s3://{BUCKET}/served",
        "BANSO_S3_ENDPOINT": proxy.endpoint,
        "AWS_ACCESS_KEY_ID": "sample",
        "AWS_SECRET_ACCESS_KEY": "sample",
        "AWS_REGION": "us-east-1",
    }
    return clean_environ(data) | {"DJANGO_SETTINGS_MODULE": "banso.site.settings"} | own


@pytest.fixture(scope="module")
def waiting(environ):
    """Approved proposals that wait to be submitted, by id, with the session of each lead."""
    return dict(map(json.loads, spoken(environ, PREPARE, "4").splitlines()))


@pytest.fixture(scope="module")
def port(data, environ, waiting):
    with serving(data, **environ) as one:
        yield one


def file_of(port, proposal, session):
    until_ready(port, 200)
    page = until_answered(port, f"/en/my/proposals/{proposal}/", session)
    return re.search(rb'href="([^"]*/file/[0-9a-f-]{36}/)"', page)[1].decode()


def assert_told_to_come_back(answer, page):
    assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
    assert b"We cannot answer for the moment" in page


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        pytest.param("trickle", "the file store does not answer within 2 seconds", id="trickles"),
        pytest.param("busy", "it takes no more requests at the moment", id="slow-down"),
        pytest.param("refused", "it refuses our credentials", id="credentials-refused"),
    ],
)
def test_reading_ends_in_our_page_and_readiness_and_doctor_say_why(
    port, proxy, environ, waiting, fault, said
):
    proposal, session = next(iter(waiting.items()))
    path = file_of(port, proposal, session)

    with proxy.suffering(fault), ThreadPoolExecutor() as meanwhile:
        examining = meanwhile.submit(banso, environ, "doctor")
        refused = ask(port, "GET", path, session)
        told = until_ready(port, 503)
        examined = examining.result()
    ready = until_ready(port, 200)
    content = until_answered(port, path, session)

    assert_told_to_come_back(*refused)
    assert said in told
    assert examined.returncode == 1
    assert re.search(r"✗ files: The files could not be looked at: the file store", examined.stdout)
    assert ready == "ready\n"
    assert content.startswith(b"%PDF")


@pytest.mark.parametrize("fault", ["cut", "wrong"])
def test_not_one_byte_of_a_file_that_is_not_what_was_received_is_given(
    port, proxy, waiting, fault
):
    proposal, session = next(iter(waiting.items()))
    path = file_of(port, proposal, session)

    with proxy.suffering(fault, "GET"):
        answer, page = ask(port, "GET", path, session)
    again, content = ask(port, "GET", path, session)

    assert (answer.status, answer.headers["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert "Retry-After" in answer.headers
    assert not page.startswith((b"%PDF", bytes(255 - byte for byte in b"%PDF")))
    assert (again.status, content[:4]) == (200, b"%PDF")


def test_pages_are_answered_while_everybody_waits_for_a_store_that_hangs(port, proxy, waiting):
    proposal, session = next(iter(waiting.items()))
    path, answers = file_of(port, proposal, session), []

    with proxy.suffering("hang"):
        readers = [
            threading.Thread(target=lambda: answers.append(ask(port, "GET", path, session)))
            for _ in range(READERS)
        ]
        for reader in readers:
            reader.start()
        while len(proxy.asked) == 0:
            time.sleep(0.05)
        started, asked_before = time.monotonic(), len(answers)
        pages = ["/en/", "/en/my/proposals/", f"/en/my/proposals/{proposal}/"] * 4
        meanwhile = [ask(port, "GET", one, session)[0].status for one in pages]
        for reader in readers:
            reader.join()

    assert meanwhile == [200] * len(pages)
    assert asked_before == 0
    assert time.monotonic() - started < BOUND_SECONDS
    assert len(answers) == READERS
    for answer, page in answers:
        assert_told_to_come_back(answer, page)


@pytest.mark.parametrize("fault", ["hang", "busy"])
def test_what_the_store_did_not_take_leaves_no_row_and_no_receipt(
    port, proxy, environ, waiting, fault
):
    proposal, session = list(waiting.items())[{"hang": 1, "busy": 2}[fault]]
    before, key = file_of(port, proposal, session), str(uuid.uuid4())

    with proxy.suffering(fault):
        attached = attach(port, proposal, session)
        submitted = submit(port, proposal, session, key)
    until_ready(port, 200)
    found = json.loads(spoken(environ, LOOK))
    after = file_of(port, proposal, session)
    again, _ = submit(port, proposal, session, key)

    assert_told_to_come_back(*attached)
    assert_told_to_come_back(*submitted)
    assert proposal not in found["receipts"]
    assert proposal not in found["submitted"]
    assert after == before
    assert again.status == http.client.SEE_OTHER
    assert "/receipt/" in again.headers["Location"]

"""A-99: an S3 store that hangs, trickles, is busy, cuts short, lies or refuses (real sockets)."""

import hashlib
import re
import threading
import time
import urllib.request

import pytest
from tests.waiting import until
from tests.web.files.faulty_proxy import faulty_proxy
from tests.web.files.test_file_store import BUCKET, s3, s3_endpoint

from banso.web.file_store import FileDamaged, StoreUnavailable, verified
from banso.web.file_store.s3 import S3Store
from banso.web.file_store.watching import NO_ANSWER, Watch

__all__ = ["s3", "s3_endpoint"]
pytestmark = [pytest.mark.enable_socket, pytest.mark.assurance("A-99")]
BODY = b"%PDF-1.7 " + b"true " * 2000
REQUEST_SECONDS = 3.0
BOUND_SECONDS = 10 * REQUEST_SECONDS
FAULTS = [
    pytest.param("hang", "does not answer in time", id="hangs"),
    pytest.param("trickle", "does not answer in time", id="a-byte-a-second"),
    pytest.param("busy", "takes no more requests", id="slow-down"),
    pytest.param("cut", "cannot be read", id="cut-short"),
    pytest.param("refused", "refuses our credentials", id="credentials-refused"),
]


@pytest.fixture
def proxy(s3, s3_endpoint):
    with faulty_proxy(s3_endpoint) as one:
        yield one


@pytest.fixture
def store(proxy):
    return S3Store(
        "s3://banso-files/some/prefix", endpoint=proxy.endpoint, request_seconds=REQUEST_SECONDS
    )


def uploads_under_way(endpoint):
    """Ask the store which large files were begun and neither finished nor given up."""
    with urllib.request.urlopen(f"{endpoint}/{BUCKET}?uploads") as answer:  # noqa: S310
        return re.findall(r"<Key>([^<]*)</Key>", answer.read().decode())


def whole(store, stored):
    return b"".join(verified(store.read(stored), stored))


@pytest.mark.parametrize(("fault", "reason"), FAULTS)
def test_nothing_is_read_from_a_store_that_is_not_well_and_it_is_told_in_time(
    proxy, store, fault, reason
):
    stored, started = store.write([BODY]), time.monotonic()

    with proxy.suffering(fault), pytest.raises(StoreUnavailable, match=reason):
        whole(store, stored)

    assert time.monotonic() - started < BOUND_SECONDS
    store.probe()
    assert whole(store, stored) == BODY


def test_other_bytes_are_never_given_and_the_true_ones_come_back(proxy, store):
    stored, given = store.write([BODY]), []

    with proxy.suffering("wrong"), pytest.raises(FileDamaged, match="is changed"):
        given.extend(verified(store.read(stored), stored))

    assert given == []
    assert whole(store, stored) == BODY


@pytest.mark.parametrize("fault", ["hang", "busy", "refused"])
def test_nothing_is_acknowledged_that_the_store_did_not_take(proxy, store, fault):
    with proxy.suffering(fault), pytest.raises(StoreUnavailable, match="cannot be"):
        store.write([BODY])

    store.probe()
    assert whole(store, store.write([BODY])) == BODY


def test_a_large_file_whose_line_breaks_in_its_second_piece_leaves_nothing(
    proxy, store, s3, s3_endpoint
):
    large = [BODY * 500, BODY * 100]
    sha256 = hashlib.sha256(b"".join(large)).hexdigest()

    with proxy.suffering("break"), pytest.raises(StoreUnavailable, match="cannot be written"):
        store.write(large)
    left = [*(stored.sha256 for stored in s3.listed()), *uploads_under_way(s3_endpoint)]
    stored = store.write(large)

    assert not any(sha256 in name for name in left)
    assert ("PUT", 1) in {(method, path.count("partNumber=2")) for method, path in proxy.asked}
    assert stored.sha256 == sha256
    assert whole(store, stored) == b"".join(large)


@pytest.mark.parametrize("size", [0, 5 * 1024 * 1024 + 1])
def test_a_file_of_no_piece_or_of_several_is_read_whole(store, size):
    stored = store.write([b"x" * size])

    assert whole(store, stored) == b"x" * size


def test_an_object_of_another_length_is_damaged(store):
    stored = store.write([BODY])
    store.bucket.put(stored.sha256, BODY + b"more")

    with pytest.raises(FileDamaged, match="is changed"):
        whole(store, stored)


def test_who_comes_after_a_slow_fault_hears_of_it_at_once(proxy, store):
    stored = store.write([BODY])
    with proxy.suffering("hang"):
        with pytest.raises(StoreUnavailable):
            whole(store, stored)
        asked = len(proxy.asked)
        for _ in range(20):
            with pytest.raises(StoreUnavailable, match="does not answer in time"):
                whole(store, stored)

        assert len(proxy.asked) == asked


@pytest.mark.parametrize(("fault", "said"), [("hang", NO_ANSWER), ("refused", "credentials")])
def test_whoever_watches_hears_of_it_soon_and_of_its_end(proxy, store, fault, said):
    watch = Watch(lambda: store)
    assert watch.trouble() is None

    with proxy.suffering(fault):
        trouble = until(watch.trouble, "the trouble is told", within=BOUND_SECONDS)
    assert said in trouble

    until(lambda: watch.trouble() is None, "the trouble is over", within=BOUND_SECONDS)


def test_a_fault_of_our_own_is_never_taken_for_a_store_that_is_well(monkeypatch):
    logged = []
    monkeypatch.setattr(threading, "excepthook", lambda told: logged.append(told.exc_type))

    def no_store():
        raise LookupError("ours")

    assert Watch(no_store).trouble() == "the file store could not be asked"
    assert logged == [LookupError]

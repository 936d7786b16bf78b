"""Stores that are full, read-only, failing at every step, or of the S3 kind."""

import errno
import os
import subprocess
import sys
import time
import urllib.request

import pytest

from banso.web.file_store import FileDamaged, StoredBytes, StoreFull, StoreUnavailable, verified
from banso.web.file_store import folder as folder_module
from banso.web.file_store.folder import DRAFT_LIFE_SECONDS, FolderStore
from banso.web.file_store.s3 import S3Store

BODY = b"%PDF-" + b"x" * 600_000 + b"%%EOF"
START_SECONDS = 60
BUCKET = "banso-files"


class FailingSystem:
    """The operating system, whose call of one number fails."""

    def __init__(self, number, code):
        self.left, self.code = number, code

    def call(self, real):
        def failing(*arguments, **named):
            self.left -= 1
            if self.left == 0:
                raise OSError(self.code, os.strerror(self.code))
            return real(*arguments, **named)

        return failing


def fail_at(monkeypatch, number, code):
    system = FailingSystem(number, code)
    for name in ("open", "write", "fsync", "replace"):
        monkeypatch.setattr(folder_module.os, name, system.call(getattr(os, name)))
    return system


@pytest.mark.assurance("A-94")
@pytest.mark.parametrize(
    ("code", "kind"), [(errno.ENOSPC, StoreFull), (errno.EIO, StoreUnavailable)]
)
def test_a_fault_at_any_step_of_writing_is_told_and_leaves_no_half_file(tmp_path, code, kind):
    store, number, first_faults = FolderStore(tmp_path / "files"), 0, []
    FolderStore(tmp_path / "files").write([b"there before"])
    while True:
        number += 1
        with pytest.MonkeyPatch.context() as patching:
            system = fail_at(patching, number, code)
            try:
                store.write([BODY[:300_000], BODY[300_000:]])
            except kind as told:
                first_faults.append(told.__cause__.errno)
        assert not list(store.folder.glob(".incoming-*"))
        for found in store.listed():
            assert list(verified(store.read(found), found))
        if system.left > 0:
            break

    assert first_faults == [code] * (number - 1)
    assert number > 6


@pytest.fixture
def small_volume(tmp_path):
    """Mount a volume of 1 MB, or say that this machine does not let us."""
    if os.geteuid():
        pytest.skip("mounting needs root; the faults above are injected everywhere")
    volume = tmp_path / "volume"
    volume.mkdir()
    subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", volume], check=True)
    yield volume
    subprocess.run(["/bin/umount", "-l", volume], check=True)


@pytest.mark.assurance("A-95")
def test_a_full_volume_keeps_what_it_has_and_comes_back_by_itself(small_volume):
    store = FolderStore(small_volume / "files")
    kept = store.write([BODY])

    with pytest.raises(StoreFull, match="No space left"):
        store.write([b"y", BODY])

    assert b"".join(verified(store.read(kept), kept)) == BODY
    assert [one.name for one in store.folder.iterdir()] == [kept.sha256]
    (store.folder / kept.sha256).unlink()
    assert store.write([b"y", BODY]).size == len(BODY) + 1


@pytest.mark.assurance("A-96")
def test_a_read_only_volume_is_read_but_not_written(small_volume):
    store = FolderStore(small_volume / "files")
    kept = store.write([b"small"])
    subprocess.run(["/bin/mount", "-o", "remount,ro", small_volume], check=True)

    with pytest.raises(StoreUnavailable, match="Read-only"):
        store.probe()

    assert b"".join(verified(store.read(kept), kept)) == b"small"


def test_an_almost_full_volume_is_told_before_it_is_full(small_volume):
    store = FolderStore(small_volume / "files")
    store.write([b"z" * 1_010_000])

    with pytest.raises(StoreFull, match="% full"):
        store.probe()


def test_what_a_killed_writer_left_goes_but_not_what_is_being_written(tmp_path):
    left, fresh = tmp_path / ".incoming-left", tmp_path / ".incoming-fresh"
    for draft in (left, fresh):
        draft.write_bytes(b"half")
    long_ago = time.time() - DRAFT_LIFE_SECONDS - 1
    os.utime(left, (long_ago, long_ago))

    FolderStore(tmp_path).remove_leftovers()

    assert list(tmp_path.iterdir()) == [fresh]


@pytest.fixture(scope="module")
def s3_endpoint(tmp_path_factory):
    """Run an S3 server of its own, with one bucket."""
    log = (tmp_path_factory.mktemp("s3") / "log").open("w+")
    command = [sys.executable, "-m", "moto.server", "-p", "0"]
    with subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT) as server:
        endpoint = _endpoint_in(log)
        yield endpoint
        server.terminate()
    log.close()


def _endpoint_in(log):
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        log.seek(0)
        for line in log:
            if "Running on " in line:
                return line.rpartition("Running on ")[2].strip()
        time.sleep(0.2)
    raise TimeoutError("the S3 server did not start")


@pytest.fixture
def s3(s3_endpoint, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "sample")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "sample")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    make_bucket(s3_endpoint)
    return S3Store(f"s3://{BUCKET}/some/prefix", endpoint=s3_endpoint)


def make_bucket(endpoint):
    making = urllib.request.Request(f"{endpoint}/{BUCKET}", method="PUT")  # noqa: S310
    urllib.request.urlopen(making).close()  # noqa: S310


@pytest.mark.enable_socket
@pytest.mark.parametrize("size", [0, 10, 3_000_000, 20_000_000])
def test_an_s3_store_gives_back_what_it_was_given(s3, size):
    stored = s3.write([b"x" * (size // 2), b"x" * (size - size // 2)])

    assert b"".join(verified(s3.read(stored), stored)) == b"x" * size
    assert s3.size_of(stored.sha256) == size
    assert stored in list(s3.listed())


@pytest.mark.enable_socket
@pytest.mark.assurance("A-99")
def test_other_bytes_in_an_s3_store_are_never_given(s3):
    stored = s3.write([b"true"])
    s3.bucket.put(stored.sha256, b"fals")

    with pytest.raises(FileDamaged, match="is changed"):
        list(verified(s3.read(stored), stored))


@pytest.mark.enable_socket
def test_what_an_s3_store_does_not_have_is_missing(s3):
    absent = StoredBytes("0" * 64, 1)

    with pytest.raises(FileDamaged, match="is missing"):
        list(verified(s3.read(absent), absent))


@pytest.mark.assurance("A-99")
def test_an_s3_store_that_is_down_is_unavailable(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "sample")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "sample")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    down = S3Store("s3://banso-files", endpoint="http://127.0.0.1:9")

    with pytest.raises(StoreUnavailable, match="cannot be written"):
        down.write([b"lost?"])
    with pytest.raises(StoreUnavailable, match="cannot be written"):
        down.probe()

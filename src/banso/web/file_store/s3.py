"""Files in an S3-compatible store, each an object under the hash of its bytes.

A large file is read and written in pieces, and each piece has a time, so that a store that hangs
or trickles holds nobody for long.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import contextmanager
from datetime import timedelta
from typing import IO, TYPE_CHECKING, Final
from urllib.parse import urlsplit
from uuid import uuid4

from django.core.exceptions import ImproperlyConfigured
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store as Bucket

from banso.web.file_store.contents import (
    CHUNK_BYTES,
    Fault,
    FileDamaged,
    StoredBytes,
    StoreUnavailable,
    as_trouble,
    is_sha256,
    require_sha256,
)
from banso.web.file_store.resting import Rest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from obstore.store import ClientConfig, RetryConfig

IN_MEMORY_BYTES: Final = 2_500_000
# The least that S3 takes as a part; one request carries no more, and has `REQUEST_SECONDS` for it.
PART_BYTES: Final = 5 * 1024 * 1024
PARTS_AT_ONCE: Final = 2
REQUEST_SECONDS: Final = 10.0
CONNECT_SECONDS: Final = 5.0
PROBE_PREFIX: Final = ".probe-"
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
# What is refused at once is tried again at once; what took its time is not.
_RETRIES: RetryConfig = {"max_retries": 2, "retry_timeout": timedelta(seconds=2)}
_REFUSED: Final = ("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken")


class S3Store:
    """A prefix of a bucket; credentials and region are those of the environment (AWS_…).

    Its client has threads of its own, so it is made by the process that uses it, never before
    a fork.
    """

    def __init__(
        self, address: str, *, endpoint: str = "", request_seconds: float = REQUEST_SECONDS
    ) -> None:
        place = urlsplit(address)
        if not place.netloc:
            raise ImproperlyConfigured(f"BANSO_FILES names no bucket: {address}")
        secure = _require_secure(endpoint)
        client: ClientConfig = {
            "allow_http": not secure,
            "connect_timeout": timedelta(seconds=min(CONNECT_SECONDS, request_seconds)),
            "timeout": timedelta(seconds=request_seconds),
        }
        self._rest = Rest()
        self.bucket = Bucket(
            place.netloc,
            prefix=place.path.strip("/") or None,
            endpoint=endpoint or None,
            region=os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"),
            virtual_hosted_style_request=not endpoint,
            checksum_algorithm="SHA256",
            client_options=client,
            retry_config=_RETRIES,
        )

    def write(self, chunks: Iterable[bytes]) -> StoredBytes:
        """Send the bytes with a checksum that the store has to agree to, then ask what it has."""
        with as_trouble("written"), tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES) as draft:
            stored = _spool(draft, chunks)
            self._put(stored, draft)
        if self.size_of(stored.sha256) != stored.size:
            raise StoreUnavailable("the file store did not keep what was written")
        return stored

    def read(self, stored: StoredBytes) -> Iterator[bytes]:
        """Read the object piece by piece; one that is cut short is no object."""
        if not stored.size:
            self.size_of(stored.sha256)
        for start in range(0, stored.size, PART_BYTES):
            yield from self._piece(stored, start, min(start + PART_BYTES, stored.size))

    def size_of(self, sha256: str) -> int:
        """Ask the store for the size."""
        with self._asking("read", sha256):
            return self.bucket.head(require_sha256(sha256))["size"]

    def listed(self) -> Iterator[StoredBytes]:
        """List the objects under the prefix."""
        with self._asking("read"):
            for page in self.bucket.list():
                for found in page:
                    name = found["path"].rpartition("/")[2]
                    if is_sha256(name):
                        yield StoredBytes(name, found["size"])

    def probe(self) -> None:
        """Put a small object and delete it again, even while the store is left in peace."""
        name = f"{PROBE_PREFIX}{uuid4().hex}"
        with _as_trouble("written"):
            self.bucket.put(name, b"probe")
            self.bucket.delete(name)
        self._rest.end()

    def _piece(self, stored: StoredBytes, start: int, end: int) -> Iterator[bytes]:
        with self._asking("read", stored.sha256):
            found = self.bucket.get(require_sha256(stored.sha256), options={"range": (start, end)})
            if found.meta["size"] != stored.size:
                raise FileDamaged(stored.sha256, Fault.CHANGED)
            content = bytes(found.bytes())
        for place in range(0, len(content), CHUNK_BYTES):
            yield content[place : place + CHUNK_BYTES]

    @contextmanager
    def _asking(self, act: str, sha256: str = "") -> Iterator[None]:
        """Ask the store, unless somebody waited for it in vain a moment ago."""
        with self._rest.watch(), _as_trouble(act, sha256):
            yield

    def _put(self, stored: StoredBytes, draft: IO[bytes]) -> None:
        with self._asking("written"):
            if stored.size <= PART_BYTES:
                self.bucket.put(stored.sha256, draft.read(), use_multipart=False)
            else:
                self.bucket.put(
                    stored.sha256,
                    draft,
                    use_multipart=True,
                    chunk_size=PART_BYTES,
                    max_concurrency=PARTS_AT_ONCE,
                )


def _require_secure(endpoint: str) -> bool:
    """Tell whether the way is TLS; in clear only to this machine itself."""
    place = urlsplit(endpoint)
    if endpoint and place.scheme not in {"http", "https"}:
        raise ImproperlyConfigured(f"BANSO_S3_ENDPOINT is no http address: {endpoint}")
    if place.scheme == "http" and place.hostname not in _LOOPBACK:
        raise ImproperlyConfigured("BANSO_S3_ENDPOINT has to begin with https://")
    return place.scheme != "http"


def _spool(draft: IO[bytes], chunks: Iterable[bytes]) -> StoredBytes:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
        draft.write(chunk)
    draft.seek(0)
    return StoredBytes(digest.hexdigest(), size)


@contextmanager
def _as_trouble(act: str, sha256: str = "") -> Iterator[None]:
    """Tell a file that is not there from a store that does not do its work.

    The client's messages name addresses and keys, so they stay in the cause, for the log.
    """
    try:
        yield
    except FileNotFoundError as error:
        if sha256 and "NoSuchBucket" not in str(error):
            raise FileDamaged(sha256, Fault.MISSING) from None
        raise StoreUnavailable(
            f"the file store cannot be {act}: there is no such bucket"
        ) from None
    except (BaseError, OSError) as error:
        raise StoreUnavailable(f"the file store cannot be {act}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    said = str(error)
    if isinstance(error, PermissionDeniedError | UnauthenticatedError) or any(
        word in said for word in _REFUSED
    ):
        return "it refuses our credentials"
    if "SlowDown" in said or "503 Service Unavailable" in said:
        return "it takes no more requests at the moment"
    if "timed out" in said or "TimedOut" in said:
        return "it does not answer in time"
    return type(error).__name__

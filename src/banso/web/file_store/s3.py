"""Files in an S3-compatible store, each an object under the hash of its bytes."""

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
from obstore.exceptions import BaseError
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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from obstore.store import ClientConfig, RetryConfig

IN_MEMORY_BYTES: Final = 2_500_000
PART_BYTES: Final = 8 * 1024 * 1024
PARTS_AT_ONCE: Final = 2
PROBE_PREFIX: Final = ".probe-"
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_RETRIES: RetryConfig = {"max_retries": 2, "retry_timeout": timedelta(seconds=15)}


class S3Store:
    """A prefix of a bucket; credentials and region are those of the environment (AWS_…).

    Its client has threads of its own, so it is made by the process that uses it, never before
    a fork.
    """

    def __init__(self, address: str, *, endpoint: str = "", read_seconds: float = 10.0) -> None:
        place = urlsplit(address)
        if not place.netloc:
            raise ImproperlyConfigured(f"BANSO_FILES names no bucket: {address}")
        secure = _require_secure(endpoint)
        client: ClientConfig = {
            "allow_http": not secure,
            "connect_timeout": timedelta(seconds=5),
            "read_timeout": timedelta(seconds=read_seconds),
            "timeout": timedelta(minutes=2),
        }
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

    def read(self, sha256: str) -> Iterator[bytes]:
        """Read the object in chunks; one that is cut short is no object."""
        with _as_trouble("read", sha256):
            for chunk in self.bucket.get(require_sha256(sha256)).stream(CHUNK_BYTES):
                yield bytes(chunk)

    def size_of(self, sha256: str) -> int:
        """Ask the store for the size."""
        with _as_trouble("read", sha256):
            return self.bucket.head(require_sha256(sha256))["size"]

    def listed(self) -> Iterator[StoredBytes]:
        """List the objects under the prefix."""
        with _as_trouble("read"):
            for page in self.bucket.list():
                for found in page:
                    name = found["path"].rpartition("/")[2]
                    if is_sha256(name):
                        yield StoredBytes(name, found["size"])

    def probe(self) -> None:
        """Put a small object and delete it again."""
        name = f"{PROBE_PREFIX}{uuid4().hex}"
        with _as_trouble("written"):
            self.bucket.put(name, b"probe")
            self.bucket.delete(name)

    def _put(self, stored: StoredBytes, draft: IO[bytes]) -> None:
        with _as_trouble("written"):
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
        kind = type(error).__name__
        raise StoreUnavailable(f"the file store cannot be {act}: {kind}") from error

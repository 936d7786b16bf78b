"""The keys that sign checkpoints: files of the worker's, of which only the public halves leave."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.db import connection, transaction

from banso.ledger.models import LogKey
from banso.ledger.signing.notes import SigningKey, succession_note

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

SUFFIX = ".key"
# Keeps two workers that start at once from making two first keys.
KEEPING_KEYS = 0x6C656467657202


class KeysUnfit(Exception):  # noqa: N818 - named for what is found, as the database's
    """The keys and what is known of them do not fit; the message is for the operator."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """The folder of a log's private keys; a key that another process added is found there."""

    origin: str
    folder: Path

    @classmethod
    def open(cls, folder: Path, origin: str, *, at: datetime) -> Self:
        """Make sure that the log has a key and that it is here; the first one is made."""
        # Python gives the mode to the last folder alone.
        for step in reversed([folder, *folder.parents]):
            step.mkdir(mode=0o700, exist_ok=True)
        ring = cls(origin, folder)
        newest = LogKey.objects.order_by("-pk").first()
        if newest is None:
            ring._begin(at)
        elif not newest.verifier_key.startswith(f"{origin}+"):
            raise KeysUnfit(
                f"The log is called {newest.verifier_key.split('+')[0]}, and BANSO_LEDGER_ORIGIN "
                f"says {origin}. A log keeps its name."
            )
        else:
            ring.key(newest.verifier_key)
        return ring

    def rotate(self, *, at: datetime, overlap_until: datetime) -> LogKey:
        """Sign with a new key from now on, which the old one names; until then both sign."""
        old = self.key(LogKey.objects.latest("pk").verifier_key)
        new = self._make()
        return LogKey.objects.create(
            verifier_key=new.verifier_text,
            added_at=at,
            overlap_until=overlap_until,
            succession=succession_note(old, new),
        )

    def signers(self, at: datetime) -> list[SigningKey]:
        """Choose who signs now: the newest key, and in an overlap the one before it."""
        newest, *earlier = LogKey.objects.order_by("-pk")[:2]
        keys = [self.key(newest.verifier_key)]
        if earlier and newest.overlap_until and at < newest.overlap_until:
            keys.append(self.key(earlier[0].verifier_key))
        return keys

    def key(self, verifier_key: str) -> SigningKey:
        """Read the private half of a key."""
        try:
            return SigningKey.parse(self._path(verifier_key).read_text(encoding="ascii").strip())
        except FileNotFoundError:
            raise KeysUnfit(
                f"The log signs with {verifier_key}, and {self.folder} does not hold that key. "
                f"Put it there from where it is kept safe; without it nothing is signed."
            ) from None

    def _begin(self, at: datetime) -> None:
        """Take the first key into use; one that a killed start left behind is that key."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [KEEPING_KEYS])
            if not LogKey.objects.exists():
                self._take_first(at)

    def _take_first(self, at: datetime) -> None:
        left = sorted(self.folder.glob(f"*{SUFFIX}"))
        key = SigningKey.parse(left[0].read_text().strip()) if left else self._make()
        LogKey.objects.create(verifier_key=key.verifier_text, added_at=at)

    def _path(self, verifier_key: str) -> Path:
        return self.folder / f"{verifier_key.split('+')[1]}{SUFFIX}"

    def _make(self) -> SigningKey:
        """Write a new private key, readable by its owner alone, before anything names it."""
        key = SigningKey.generate(self.origin)
        handle = os.open(
            self._path(key.verifier_text), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600
        )
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{key.text}\n")
            file.flush()
            os.fsync(handle)
        _sync(self.folder)
        return key


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

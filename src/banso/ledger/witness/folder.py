"""A witness's folder: its key, what it last saw of one log, and the evidence that it keeps.

Every file appears whole or not at all: it is written beside its place, synced, moved there, and
the folder synced. Whatever a killed run leaves beside is written anew by the next one.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import stat
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from banso.ledger.signing.notes import NotASigningKey, SigningKey
from banso.ledger.verify import Checkpoint, Note, VerifierKey, Wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

KEY, LOG, LOCK, CHECKPOINT, EVIDENCE = "key", "log.json", "lock", "checkpoint", "evidence"
KEPT_NAMES: Final = {KEY, LOG, LOCK, EVIDENCE}
OTHERS_MAY: Final = stat.S_IRWXG | stat.S_IRWXO
FORM: Final = {"banso": "witness", "version": 1}


class FolderUnfit(Exception):  # noqa: N818 - named for what is found
    """The folder cannot be used as it is; the message is for its administrator."""


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A key of the log's: since when it is trusted, and the note by which the last one named it.

    The first key has no such note: the administrator compared it by another channel.
    """

    key: str
    accepted_at: str
    succession: str = ""

    @property
    def verifier_key(self) -> VerifierKey:
        """The key itself."""
        return VerifierKey.parse(self.key)


@dataclass(frozen=True, slots=True)
class Record:
    """What a witness knows of a log: its keys, oldest first, and what it last cosigned."""

    keys: tuple[TrustedKey, ...]
    note: str

    @property
    def checkpoint(self) -> Checkpoint:
        """The checkpoint that was last cosigned."""
        return Checkpoint.parse(Note.parse(self.note).body)

    @property
    def text(self) -> str:
        """The record as its file holds it."""
        return json.dumps(FORM | asdict(self), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def parse(cls, text: str) -> Record:
        """Read the file, and refuse one that is not whole."""
        told = json.loads(text)
        record = cls(tuple(TrustedKey(**key) for key in told["keys"]), told["note"])
        newest = [trusted.verifier_key for trusted in record.keys][-1]
        if newest.name != record.checkpoint.origin:
            raise ValueError(f"{newest.name} is no key of {record.checkpoint.origin}")
        return record


@dataclass(frozen=True, slots=True)
class WitnessFolder:
    """The folder of one witness for one log."""

    path: Path

    def make_key(self, name: str) -> SigningKey:
        """Make the witness's key, readable by its owner alone; there is only ever one."""
        key = SigningKey.generate(name)
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.locked():
            if Path(self.path, KEY).exists():
                raise FolderUnfit(
                    f"{self.path} has a key already, and keeps it: {self.key().cosigner_text}"
                )
            write_whole(Path(self.path, KEY), [f"{key.text}\n".encode()], mode=0o600)
            sync_folder(self.path.parent)
        return key

    def key(self) -> SigningKey:
        """Read the witness's key; one that others may read is no longer a key."""
        path = Path(self.path, KEY)
        try:
            if path.stat().st_mode & OTHERS_MAY:
                raise FolderUnfit(
                    f"Others than its owner may read {path}. If nobody did, run "
                    f"`chmod 600 {path}`; otherwise make a new key in a new folder."
                )
            return SigningKey.parse(path.read_text(encoding="utf-8").strip())
        except FileNotFoundError:
            raise self._keyless() from None
        except (NotASigningKey, UnicodeDecodeError, Wrong):
            raise FolderUnfit(
                f"{path} is damaged. Put it back from where it is kept safe."
            ) from None

    def _keyless(self) -> FolderUnfit:
        return FolderUnfit(
            f"{self.path} has no key. Run `banso witness new-key NAME --state {self.path}`."
        )

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Wait until no other run works in this folder; the kernel frees a killed run's lock."""
        try:
            lock = os.open(Path(self.path, LOCK), os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError:
            raise self._keyless() from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def record(self) -> Record | None:
        """Read what the witness knows of the log; nothing before the first cosignature."""
        path = Path(self.path, LOG)
        try:
            return Record.parse(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError, IndexError, Wrong):
            raise FolderUnfit(
                f"{path} is damaged, so that nothing can be compared with what was cosigned. "
                f"Nothing is cosigned with this key any more: make a new one in a new folder."
            ) from None

    def remember(self, record: Record) -> None:
        """Keep what the witness knows; it is durable when this returns."""
        write_whole(Path(self.path, LOG), [record.text.encode()], mode=0o600)

    def keep_evidence(self, name: str, files: Mapping[str, Iterable[bytes]]) -> Path:
        """Keep files as evidence, all or none; what is kept under that name stays as it is."""
        evidence = Path(self.path, EVIDENCE)
        kept, beside = Path(evidence, name), Path(evidence, f".{name}")
        evidence.mkdir(mode=0o700, exist_ok=True)
        sync_folder(self.path)
        if kept.exists():
            sync_folder(evidence)
            return kept
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(mode=0o700)
        for file, pieces in files.items():
            _write_synced(Path(beside, file), pieces, mode=0o600)
        sync_folder(beside)
        os.rename(beside, kept)  # noqa: PTH104 - moved as files are, by `os`
        sync_folder(evidence)
        return kept


def write_whole(path: Path, pieces: Iterable[bytes], *, mode: int) -> None:
    """Put a file in its place, durable and whole; until then what was there stays."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    _write_synced(beside, pieces, mode=mode)
    os.replace(beside, path)  # noqa: PTH105 - as above
    sync_folder(path.parent)


def _write_synced(path: Path, pieces: Iterable[bytes], *, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        for piece in pieces:
            left = memoryview(piece)
            while left:
                left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make durable which files the folder holds."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""What a backup says of itself: where it came from, until when, and every file with its hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Self

from banso.site.backups.copying import Bytes, write_whole
from banso.site.backups.errors import BackupRefused

if TYPE_CHECKING:
    from pathlib import Path

FORMAT: Final = 1
NAME: Final = "manifest.json"
OWN_HASH: Final = "manifest_sha256"
# What a backup leaves out on purpose, and why; people read this beside the files.
LEFT_OUT: Final = {
    "keys/*.key": "the councils' keys: kept apart, so that no backup alone opens what is sealed",
    "keys/ledger/*.key": "the ledger's signing keys: kept apart, so that no backup signs for it",
    "secret-key": "the key that signs sessions: made anew, so everybody signs in again",
    "static": "made anew by `banso serve`",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabasePart:
    """Where the base backup came from, and which write-ahead log makes it consistent."""

    version: int
    system_identifier: str
    timeline: int
    start_lsn: str
    stop_lsn: str
    checkpoint: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A whole backup. `database` is None when an external server keeps it."""

    banso: str
    started_at: datetime
    completed_at: datetime
    database: DatabasePart | None
    base: dict[str, Bytes]
    files: dict[str, Bytes]
    damaged: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many bytes the backup names."""
        return sum(one.size for one in (*self.base.values(), *self.files.values()))

    def write(self, folder: Path) -> None:
        """Write the manifest, which is what makes a folder a backup."""
        document = {"format": FORMAT, **asdict(self), "left_out": LEFT_OUT}
        for name in ("started_at", "completed_at"):
            document[name] = document[name].isoformat()
        document[OWN_HASH] = _hash_of(document)
        write_whole(folder / NAME, json.dumps(document, ensure_ascii=False, indent=1) + "\n")

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the manifest of a backup's folder."""
        try:
            document = json.loads((folder / NAME).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise BackupRefused(
                f"{folder} is not a whole backup: it has no {NAME}. A backup gets it last, so "
                f"this one was cut short; choose another."
            ) from None
        except ValueError:
            raise _damaged(folder) from None
        if not isinstance(document, dict) or document.pop("format", None) != FORMAT:
            raise BackupRefused(
                f"{folder / NAME} is not of the form {FORMAT} that this release reads. Restore it "
                f"with the release of banso that made it."
            )
        # Backups of earlier releases do not say it.
        if document.pop(OWN_HASH, None) not in {None, _hash_of(document | {"format": FORMAT})}:
            raise _damaged(folder)
        document.pop("left_out", None)
        try:
            return cls(**_read_parts(document))
        except (TypeError, ValueError, KeyError, AttributeError):
            raise _damaged(folder) from None


def _hash_of(document: dict[str, Any]) -> str:
    """Hash what the manifest says, in whichever order and with whichever spaces it is written."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _read_parts(document: dict[str, Any]) -> dict[str, Any]:
    database = document["database"]
    return {
        **document,
        "started_at": datetime.fromisoformat(document["started_at"]),
        "completed_at": datetime.fromisoformat(document["completed_at"]),
        "database": DatabasePart(**database) if database else None,
        "base": {name: Bytes(*facts) for name, facts in document["base"].items()},
        "files": {name: Bytes(*facts) for name, facts in document["files"].items()},
    }


def _damaged(folder: Path) -> BackupRefused:
    return BackupRefused(f"{folder / NAME} cannot be read: its bytes changed. Choose another.")

"""The folder that backups go to: dated ones, the files that they share, and the running log."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from banso.site.backups.copying import Bytes, copy_hashed, hash_file, sync_file, sync_folder
from banso.site.backups.errors import BackupRefused
from banso.site.backups.manifest import NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    Progress: TypeAlias = Callable[[str], object]

STAMP = "%Y%m%dT%H%M%SZ"
DATED = re.compile(r"\d{8}T\d{6}Z")
DIGEST = re.compile(r"[0-9a-f]{64}")
DRAFT = ".draft-"
TOGETHER = 256


@dataclass(frozen=True, slots=True)
class BackupFolder:
    """DIR: `DIR/<instant>/`, `DIR/files/<sha256>` and `DIR/wal/`."""

    path: Path

    @property
    def files(self) -> Path:
        """Every stored file once, whichever backups name it."""
        return self.path / "files"

    @property
    def logs(self) -> Path:
        """The log that was streamed on, each unbroken stretch in a folder of its own."""
        return self.path / "wal"

    def make(self, data: Path) -> None:
        """Make the folder for its owner alone; it may neither hold the data nor lie in it."""
        here, there = self.path.resolve(), data.resolve()
        homes = {there, (there / "database").resolve()}
        if any(here.is_relative_to(home) or home.is_relative_to(here) for home in homes):
            raise BackupRefused(
                f"{self.path} and the data folder {data} lie in one another, so one fault would "
                f"take both. Choose a folder on another disk."
            )
        for folder in (self.path, self.files, self.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextmanager
    def alone(self, lock: str) -> Iterator[None]:
        """Be the only one who does this to the folder, or refuse."""
        handle = os.open(self.path / f".{lock}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise BackupRefused(
                f"Another `banso backup` is at work on {self.path}. Wait for it, or choose "
                f"another folder."
            ) from None
        finally:
            os.close(handle)

    def backups(self) -> list[Path]:
        """List the whole backups, oldest first."""
        dated = [one for one in self.path.iterdir() if DATED.fullmatch(one.name)]
        return sorted(one for one in dated if (one / NAME).is_file())

    def remove_drafts(self) -> None:
        """Remove what a backup left that was cut short; one that follows may be writing files."""
        for draft in (*self.path.glob(f"{DRAFT}*"), *self.files.glob(f"{DRAFT}*")):
            if not Path("/proc", draft.name.rpartition("-")[2]).exists():
                _remove(draft)

    def keep_newest(self, count: int) -> list[Path]:
        """Remove all but the newest backups; each first loses its manifest, and so its looks."""
        spare = self.backups()[:-count]
        for backup in spare:
            (backup / NAME).unlink()
            shutil.rmtree(backup)
        return spare

    def bring_all(self, sources: list[Path], tell: Progress) -> tuple[dict[str, Bytes], list[str]]:
        """Hold stored files; tell which are held, and whose bytes changed over there."""
        held: dict[str, Bytes] = {}
        damaged: list[str] = []
        for start in range(0, len(sources), TOGETHER):
            batch = sources[start : start + TOGETHER]
            found = self._bring_together(batch)
            held |= found
            damaged += [one.name for one in batch if one.name not in found]
            tell(f"files {start + len(batch)} of {len(sources)}")
        return held, damaged

    def _bring_together(self, sources: list[Path]) -> dict[str, Bytes]:
        """Copy those that are not here; each gets its name once its bytes are on disk."""
        held, drafts = {}, []
        for source in sources:
            place = self.files / source.name
            draft = self.files / f"{DRAFT}{source.name}-{os.getpid()}"
            if _is_held(place, source):
                held[source.name] = Bytes(place.stat().st_size, source.name)
                continue
            copied = copy_hashed(source, draft)
            drafts.append((draft, place))
            if copied.sha256 == source.name:
                held[source.name] = copied
        for draft, place in drafts:
            if place.name in held:
                sync_file(draft)
                draft.replace(place)
            else:
                draft.unlink()
        sync_folder(self.files)
        return held


def _is_held(place: Path, source: Path) -> bool:
    """Tell whether a file is here; where both differ in length, one of them was cut short."""
    if not place.exists():
        return False
    is_alike = place.stat().st_size == source.stat().st_size
    return is_alike or hash_file(place).sha256 == source.name


def stored_files(data: Path) -> list[Path]:
    """List what the site's own folder holds under its hash; nothing of a store elsewhere."""
    named = os.environ.get("BANSO_FILES") or str(data / "files")
    store = Path(named)
    return [] if is_elsewhere() else _under_hashes(store)


def is_elsewhere() -> bool:
    """Tell whether files lie in a store that its operator copies."""
    return "://" in os.environ.get("BANSO_FILES", "")


def _under_hashes(store: Path) -> list[Path]:
    return [one for one in store.rglob("*") if DIGEST.fullmatch(one.name) and one.is_file()]


def hash_tree(folder: Path, tell: Progress) -> dict[str, Bytes]:
    """Hash every file below a folder, by its name from there."""
    hashes = {}
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        hashes[str(file.relative_to(folder))] = hash_file(file)
        tell(f"verified {len(hashes)}")
    return hashes


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()

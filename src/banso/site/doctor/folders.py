"""What the data folder tells: where it lies, how full it is, and who may open its secrets."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from banso.site.database import filesystems
from banso.site.doctor.findings import Finding, judge
from banso.web.file_store.folder import full_share

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NEARLY_FULL = 90
FULL = 95
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def check_folders(data: Path, environ: Mapping[str, str]) -> list[Finding]:
    """Look at the folders of the data, the files and the database, and write nothing."""
    if not data.is_dir():
        mend = "Name the folder in DATA, or make it with `banso migrate`."
        return [Finding("data folder", "wrong", f"{data} is not there.", mend)]
    places = [data, *(one for one in (files_folder(data, environ), data / "database") if one)]
    kept = list(dict.fromkeys(place.resolve() for place in places if place.exists()))
    return [
        *(_network(place) for place in kept),
        *(_space(place) for place in kept),
        *_secrets(data, environ),
    ]


def files_folder(data: Path, environ: Mapping[str, str]) -> Path | None:
    """Tell where files are kept; None when that is no folder of this machine's."""
    named = environ.get("BANSO_FILES")
    if named and "://" in named:
        return None
    return Path(named) if named else data / "files"


def _network(place: Path) -> Finding:
    if kind := filesystems.network_type(place, filesystems.MOUNTS.read_text()):
        return Finding(
            "file system",
            "wrong",
            f"{place} is on a network file system ({kind}), where locks and flushes may be lost.",
            "Move it to a disk of this machine; a database elsewhere is named in DATABASE_URL.",
        )
    return Finding("file system", "good", f"{place} is on a file system of this machine.")


def _space(place: Path) -> Finding:
    if os.statvfs(place).f_flag & os.ST_RDONLY:
        mend = "Look for a fault of the disk, and mount it for writing again."
        return Finding("disk", "wrong", f"{place} is read-only.", mend)
    percent = round(100 * full_share(place))
    says = f"The disk of {place} is {percent} % full."
    if percent >= NEARLY_FULL:
        more = " Above 95 % nothing new is taken." if percent >= FULL else ""
        return Finding("disk", "wrong", says + more, "Make room, or move to a larger disk.")
    return Finding("disk", "good", says)


def _secrets(data: Path, environ: Mapping[str, str]) -> list[Finding]:
    open_to_others = [
        (
            f"{path} can be opened by other users (mode {mode:04o}).",
            f"Run chmod {'700' if path.is_dir() else '600'} {path}, and replace what was read.",
        )
        for path in _secret_paths(data, environ)
        if (mode := stat.S_IMODE(path.stat().st_mode)) & OTHERS
    ]
    return judge("secrets", "Keys and secrets are open to their owner alone.", open_to_others)


def _secret_paths(data: Path, environ: Mapping[str, str]) -> Iterator[Path]:
    named = environ.get("BANSO_LEDGER_KEYS")
    folders = {data / "keys", data / "keys" / "ledger", *([Path(named)] if named else [])}
    for path in (data / "secret-key", *sorted(folders)):
        if path.exists():
            yield path
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.suffix == ".key")

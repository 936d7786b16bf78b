"""Where the embedded server keeps its things, and the folders that it needs there."""

from __future__ import annotations

import hashlib
import logging
import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from banso.site.database.accounts import ROOT, Account, account_with, can_enter, server_account
from banso.site.database.errors import DatabaseUnavailable, DatabaseUnfit
from banso.site.database.filesystems import MOUNTS, network_type

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

logger = logging.getLogger(__name__)

# Where root keeps the database of a data folder that the server's user cannot enter.
SHELTER = Path("/var/lib/banso")
# The kernel takes no longer path for a socket.
LONGEST_SOCKET = 107
SOCKET_NAME = ".s.PGSQL.5432"
# A socket's path has to be the same for every process, whatever its environment says,
# so neither TMPDIR nor XDG_RUNTIME_DIR may have a say in it.
SHORT_PLACE = Path("/tmp")  # noqa: S108 - the folder made there is checked by `_make_private`


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files of one embedded server, and the user who runs it."""

    home: Path
    account: Account

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own files."""
        return self.home / "cluster"

    @property
    def socket_folder(self) -> Path:
        """The one way in; a path too long, or with a comma that would part it, moves to /tmp."""
        folder = self.home / "socket"
        if len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET and "," not in str(folder):
            return folder
        return SHORT_PLACE / f"banso-{self.account.uid}-{_digest(self.home)}"

    @property
    def start_lock(self) -> Path:
        """Held by whoever is starting, joining or stopping the server."""
        return self.home / "start.lock"

    @property
    def users_lock(self) -> Path:
        """Shared by every process that uses the server."""
        return self.home / "users.lock"

    @property
    def supervisor_lock(self) -> Path:
        """Held by the supervisor for as long as it lives."""
        return self.home / "supervisor.lock"

    @property
    def log(self) -> Path:
        """What the server and its supervisor say."""
        return self.home / "server.log"


def places_of(data: Path, environ: Mapping[str, str]) -> Places:
    """Say where the server of a data folder is, or will be at its first start.

    `data/database` is that place, or a link to it: where it is once decided, it stays.
    """
    with _closed_folders_explained():
        place = data.resolve() / "database"
        account = server_account(environ, place / "cluster")
        if not place.is_symlink() and not place.exists() and not can_enter(account, place):
            place = SHELTER / _digest(place)
        return Places(home=place.resolve(), account=account)


def prepare(data: Path, environ: Mapping[str, str]) -> Places:
    """Make the folders that are missing; never open one that was there before."""
    places = places_of(data, environ)
    for folder in (data.resolve(), places.home):
        refuse_network(folder)
    with _closed_folders_explained():
        _make_folders(places.home, places.account)
        _refuse_foreign(places)
        _link(data.resolve() / "database", places)
        _make_private(places.socket_folder, places.account)
    return places


@contextmanager
def _closed_folders_explained() -> Iterator[None]:
    try:
        yield
    except PermissionError as fault:
        raise DatabaseUnavailable(
            f"{fault.filename} is closed to the user who started banso. "
            f"Start it as the user who owns the data, or choose another folder with DATA."
        ) from fault


def _make_folders(folder: Path, account: Account) -> None:
    """Make the folder and those above it so that the account can pass through and not look."""
    missing = [step for step in (folder, *folder.parents) if not step.exists()]
    for step in reversed(missing):
        step.mkdir(exist_ok=True)
        step.chmod(0o711 if account.is_another else 0o700)


def _link(place: Path, places: Places) -> None:
    """Leave a link where people will look for a database that had to live elsewhere."""
    if place.resolve() == places.home:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        place.symlink_to(places.home)
    except FileExistsError:
        return
    logger.warning(
        "The database runs as user %s, who cannot enter %s, so it lives in %s",
        places.account.name,
        place.parent,
        places.home,
    )


def _make_private(folder: Path, account: Account) -> None:
    """Make a folder for the account alone, or make sure that the one there is such a folder."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    is_private = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == stat.S_IRWXU
    if not is_private or found.st_uid not in {account.uid, os.geteuid()}:
        raise DatabaseUnfit(
            f"{folder} is not a folder that only {account.name} can enter, so others could "
            f"pretend to be the database there. Remove it and start again."
        )
    if found.st_uid != account.uid:
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)


def refuse_network(home: Path) -> None:
    """Refuse a folder whose locks and flushes depend on a server elsewhere."""
    if kind := network_type(home, MOUNTS.read_text()):
        raise DatabaseUnfit(
            f"{home} is on a network file system ({kind}), where locks and flushes may be lost. "
            f"Choose a folder on this machine with DATA, or an external server with DATABASE_URL."
        )


def _refuse_foreign(places: Places) -> None:
    """Refuse a database that another ordinary user made, or that was closed to its own."""
    owner = places.home.stat().st_uid
    if os.geteuid() not in {ROOT, owner}:
        raise DatabaseUnavailable(
            f"The database in {places.home} belongs to {account_with(owner).name}. "
            f"Start banso as that user, or choose another folder with DATA."
        )
    if not can_enter(places.account, places.home):
        raise DatabaseUnavailable(
            f"The database runs as user {places.account.name}, who can no longer enter "
            f"{places.home}. Let others pass through the folders above it again (chmod o+x)."
        )


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]

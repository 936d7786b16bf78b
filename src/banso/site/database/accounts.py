"""The operating-system user who runs the server, which may never be root."""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from banso.site.database.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ROOT = 0
FALLBACKS = ("banso-db", "nobody")  # root's choice, first that exists


@dataclass(frozen=True, slots=True)
class Account:
    """An operating-system user."""

    uid: int
    gid: int
    name: str

    @property
    def is_another(self) -> bool:
        """Whether this process must change user to act as the account."""
        return self.uid != os.geteuid()


def server_account(environ: Mapping[str, str], cluster: Path) -> Account:
    """Choose who runs the server: we ourselves, or for root the cluster's owner.

    Before there is a cluster, root takes BANSO_DB_USER, else `banso-db`, else `nobody`.
    """
    if os.geteuid() != ROOT:
        return account_with(os.geteuid())
    if cluster.exists():
        return account_with(cluster.stat().st_uid)
    named = environ.get("BANSO_DB_USER")
    account = _first_existing((named,) if named else FALLBACKS)
    if account.uid == ROOT:
        raise DatabaseUnavailable(
            "PostgreSQL does not run as root. Name another user in BANSO_DB_USER."
        )
    return account


def account_with(uid: int) -> Account:
    """Look the user up by number; PostgreSQL needs one that has a name."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise DatabaseUnavailable(
            f"User number {uid} has no name on this machine, and PostgreSQL needs one. "
            f"Add the user to /etc/passwd, or start banso as a user who is there."
        ) from None
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, name=entry.pw_name)


def can_enter(account: Account, folder: Path) -> bool:
    """Tell whether the account may pass through the folder and all above it.

    What does not exist yet counts as open, because we shall make it so.
    """
    return all(
        may_pass(account, step.stat()) for step in (folder, *folder.parents) if step.exists()
    )


def may_pass(account: Account, folder: os.stat_result) -> bool:
    """Decide as the kernel does: the first class that fits counts, even when it is shut out."""
    if account.uid == folder.st_uid:
        return bool(folder.st_mode & stat.S_IXUSR)
    if account.gid == folder.st_gid:
        return bool(folder.st_mode & stat.S_IXGRP)
    return bool(folder.st_mode & stat.S_IXOTH)


def _first_existing(names: tuple[str, ...]) -> Account:
    for name in names:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(uid=entry.pw_uid, gid=entry.pw_gid, name=entry.pw_name)
    raise DatabaseUnavailable(
        f"PostgreSQL does not run as root, and this machine has no user {' or '.join(names)}. "
        f"Make one and name it in BANSO_DB_USER."
    )

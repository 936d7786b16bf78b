"""What `banso doctor` tells about the embedded server."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import pq

from banso.site.database.embedded.binaries import MAJOR_VERSION
from banso.site.database.embedded.creation import cluster_version
from banso.site.database.embedded.joining import ask, supervised_pids
from banso.site.database.places import places_of

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Where an embedded server keeps its things, and how it does."""

    home: Path
    is_elsewhere: bool
    cluster_folder: Path
    socket_folder: Path
    log: Path
    runs_as: str
    cluster_version: str
    program_version: str
    supervisor_pid: int | None
    server_pid: int | None
    accepts_connections: bool


def status(data: Path) -> Status:
    """Look at the server of a data folder without starting, making or changing anything."""
    places = places_of(data, os.environ)
    supervisor_pid, server_pid = supervised_pids(places)
    return Status(
        home=places.home,
        is_elsewhere=places.home != data.resolve() / "database",
        cluster_folder=places.cluster,
        socket_folder=places.socket_folder,
        log=places.log,
        runs_as=places.account.name,
        cluster_version=cluster_version(places.cluster),
        program_version=str(MAJOR_VERSION),
        supervisor_pid=supervisor_pid,
        server_pid=server_pid,
        accepts_connections=ask(places) == pq.Ping.OK,
    )

"""Streaming the log on after a backup, so that little is lost and any instant can be restored."""

from __future__ import annotations

import json
import os
import subprocess
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import psycopg

from banso.site.backups.copying import write_whole
from banso.site.backups.errors import BackupRefused
from banso.site.backups.folder import STAMP, stored_files
from banso.site.backups.last import REACH
from banso.site.backups.server import IDENTITY, connect, mark, program_command
from banso.site.database.embedded.supervisor import CLEAN_ENVIRONMENT

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Event

    from banso.site.backups.folder import BackupFolder
    from banso.site.database.places import Places

STREAM = "stream.json"
BEAT = 2.0
PATIENCE = 30.0
RECEIVED = """
SELECT coalesce(max(flush_lsn) >= %s::pg_lsn, false)
  FROM pg_stat_replication WHERE application_name = %s
"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One unbroken stretch of the log: its folder, and the program that receives it."""

    folder: Path
    application: str
    receiver: subprocess.Popen[bytes]

    def stop(self) -> None:
        """End the program, which leaves its last segment as far as it came."""
        self.receiver.terminate()
        self.receiver.wait()


def begin(places: Places, folder: BackupFolder) -> Stretch:
    """Receive the log from now on; the base backup that it continues is made afterwards."""
    with connect(places) as connection:
        identifier, timeline, version = connection.execute(IDENTITY).fetchone()  # type: ignore[misc] # one row always
    stretch = folder.logs / datetime.now(UTC).strftime(STAMP)
    stretch.mkdir(mode=0o700)
    origin = {"system_identifier": identifier, "timeline": timeline, "version": version}
    write_whole(stretch / STREAM, json.dumps(origin) + "\n")
    application = f"banso backup {os.getpid()}"
    command = program_command("pg_receivewal", places, application)
    receiver = subprocess.Popen(  # noqa: S603 - a program that we brought
        [*command, f"--directory={stretch}", "--synchronous", "--status-interval=1", "--no-loop"],
        env=CLEAN_ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return Stretch(stretch, application, receiver)


def follow(
    data: Path, places: Places, folder: BackupFolder, stretch: Stretch, *, told_to_stop: Event
) -> None:
    """Bring what is new until told to stop; it ends by itself when the log breaks off."""
    held: set[str] = set()
    while not told_to_stop.is_set():
        try:
            beat(data, places, folder, stretch, held=held)
        except psycopg.OperationalError as fault:
            raise _broken_off(stretch) from fault
        told_to_stop.wait(BEAT)


def beat(
    data: Path, places: Places, folder: BackupFolder, stretch: Stretch, *, held: set[str]
) -> datetime:
    """Bring files and log up to an instant, and only then write that instant down."""
    with connect(places) as connection:
        instant, lsn = mark(connection)
        # Whatever that log names was in the store before; so the files are copied after it.
        later = [one for one in stored_files(data) if one.name not in held]
        held.update(folder.bring_all(later, lambda _: None)[0])
        give_up_at = time.monotonic() + PATIENCE
        while connection.execute(RECEIVED, [lsn, stretch.application]).fetchone() != (True,):
            if stretch.receiver.poll() is not None or time.monotonic() > give_up_at:
                raise _broken_off(stretch)
            time.sleep(0.1)
    write_whole(
        stretch.folder / REACH, json.dumps({"instant": instant.isoformat(), "lsn": lsn}) + "\n"
    )
    return instant


def _broken_off(stretch: Stretch) -> BackupRefused:
    return BackupRefused(
        f"The log is no longer received in {stretch.folder}. What came until then can be "
        f"restored; begin again with `banso backup --follow`."
    )

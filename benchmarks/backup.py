"""Backup and restore of proposals with files: their time, and what a lost machine would lose."""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from banso.site.database import acquire, wait_until_stopped
from benchmarks.figures import Figure, report

PROPOSALS = 10_000
FILE_BYTES = 200_000
BATCH = 500
RPO_SECONDS, RTO_SECONDS = 60, 15 * 60
WATCH_SECONDS = 20.0
COMMAND = [sys.executable, "-m", "banso.site.command_line"]
# The sample program gives every table real rows; proposals are then copies of one of its own.
COPY = """
import sys, random, django
django.setup()
from django.utils.timezone import now
from banso.proposals.models import Proposal, ProposalFile
from banso.web.file_store import store
source, at = Proposal.objects.order_by("-submitted_at").last(), now()
columns = {field.attname: getattr(source, field.attname) for field in source._meta.concrete_fields}
columns.pop("id")
proposals, size, batch = map(int, sys.argv[1:])
for start in range(0, proposals, batch):
    made = [Proposal(**columns) for _ in range(start, min(start + batch, proposals))]
    Proposal.objects.bulk_create(made)
    files = [(one, store([b"%PDF-1.7 ", random.randbytes(size)])) for one in made]
    ProposalFile.objects.bulk_create([ProposalFile(proposal=one, part="plan", name="plan.pdf",
        sha256=stored.sha256, size=stored.size, attached_at=at) for one, stored in files])
"""


def measure(root: Path, proposals: int = PROPOSALS, file_bytes: int = FILE_BYTES) -> list[Figure]:
    """Fill a throw-away site, back it up, watch the log stream on, and restore it elsewhere."""
    data, folder, target = root / "data", root / "backups", root / "restored"
    environ = {**os.environ, "DATA": str(data), "DJANGO_SETTINGS_MODULE": "banso.site.settings"}
    environ["BANSO_SECRET_KEY"] = str(random.SystemRandom().getrandbits(256))
    with acquire(data):
        _run([*COMMAND, "rehearse", "--scale", "1"], environ)
        _run([sys.executable, "-c", COPY, str(proposals), str(file_bytes), str(BATCH)], environ)
        _run([*COMMAND, "worker", "--once"], environ)
        backup_seconds, document = _timed([*COMMAND, "backup", str(folder), "--json"], environ)
        again_seconds, _ = _timed([*COMMAND, "backup", str(folder), "--json"], environ)
        loss = _greatest_loss(folder, environ)
    restore_seconds, restored = _timed(
        [*COMMAND, "restore", str(folder), "--json"], environ | {"DATA": str(target)}
    )
    wait_until_stopped(data, RPO_SECONDS)
    return [
        _figure("proposals restored with their file", restored["named_files"], "files"),
        _figure("backup size", document["bytes"] / 1e6, "MB"),
        _figure("whole backup", backup_seconds, "s"),
        _figure("backup again, files held", again_seconds, "s", baseline=backup_seconds),
        _figure("RPO: age of the streamed log, greatest", loss, "s", limit=RPO_SECONDS),
        _figure("RTO: restore, replay and verify", restore_seconds, "s", limit=RTO_SECONDS),
    ]


def _greatest_loss(folder: Path, environ: dict[str, str]) -> float:
    """Watch how old the instant gets that a restore could reach."""
    command = [*COMMAND, "backup", str(folder), "--follow", "--json"]
    with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL) as following:  # noqa: S603 - our own command
        # From its first beat on, which brings the log since the base backup.
        while not list(folder.glob("wal/*/reach.json")):
            time.sleep(0.1)
        losses, until = [], time.monotonic() + WATCH_SECONDS
        while time.monotonic() < until:
            reaches = [json.loads(one.read_text()) for one in folder.glob("wal/*/reach.json")]
            newest = max(datetime.fromisoformat(one["instant"]) for one in reaches)
            losses.append((datetime.now(UTC) - newest).total_seconds())
            time.sleep(0.2)
        following.send_signal(signal.SIGTERM)
    return max(losses)


def _timed(command: list[str], environ: dict[str, str]) -> tuple[float, dict[str, int]]:
    started = time.perf_counter()
    said = subprocess.check_output(command, env=environ)  # noqa: S603 - our own command
    return time.perf_counter() - started, json.loads(said)


def _run(command: list[str], environ: dict[str, str]) -> None:
    subprocess.run(command, env=environ, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own


def _figure(
    name: str,
    value: float,
    unit: str,
    *,
    baseline: float | None = None,
    limit: float | None = None,
) -> Figure:
    return Figure(
        figure=name,
        value=value,
        unit=unit,
        baseline=baseline,
        ratio=value / baseline if baseline else None,
        target=f"<= {limit} {unit}" if limit else "",
        met=value <= limit if limit else None,
    )


def main() -> int:
    """Measure in a throw-away folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--proposals", type=int, default=PROPOSALS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="banso-bench-") as folder:
        root = Path(folder)
        root.chmod(0o755)  # the database's own user has to pass
        figures = measure(root, arguments.proposals)
    report("backup", figures, as_json=arguments.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""What the tables tell: release, ledger, and who is in a demonstration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import banso
from banso.site.doctor.findings import Finding, judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import psycopg

PROMISED_WITHIN = 60
APPLIED = "SELECT app || '/' || name FROM django_migrations"
WAITING = """
SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(at)), 0)::bigint
  FROM ledger_pending JOIN ledger_entry ON number = entry_id
"""
LAST_CHECKPOINT = "SELECT size, root FROM ledger_checkpoint ORDER BY size DESC LIMIT 1"
REAL_PEOPLE = "SELECT count(*) FROM people_person WHERE NOT is_sample"


def check_release(connection: psycopg.Connection[Any]) -> list[Finding]:
    """Compare the migrations of this release with those that the database has had."""
    applied = {name for (name,) in connection.execute(APPLIED)}
    ours = set(_own_migrations())
    apps = {name.partition("/")[0] for name in ours}
    newer = {name for name in applied if name.partition("/")[0] in apps} - ours
    findings = []
    missing = ours - applied
    anew = "Play the samples anew: name an empty folder in DATA, and type `make demo`."
    if missing:
        says = f"The database lacks {len(missing)} migrations of this release."
        mend = "Stop banso, run `banso migrate`, and start it again."
        findings.append((says, anew if newer else mend))
    if newer:
        says = f"The database has {len(newer)} migrations that this release does not know."
        mend = "Run the newer release of banso that made them."
        findings.append((says, anew if missing else mend))
    return judge("release", "The database is of this release.", findings)


def check_ledger(
    connection: psycopg.Connection[Any], data: Path, environ: Mapping[str, str]
) -> list[Finding]:
    """Look for entries that wait too long, and for a tree shorter than the one signed last."""
    count, seconds = connection.execute(WAITING).fetchone() or (0, 0)
    findings = []
    if seconds > PROMISED_WITHIN:
        says = f"{count} entries wait for the sequencer, the first for {seconds} s."
        findings.append((says, "Start `banso worker`, or read in its log why it refuses."))
    size, root = connection.execute(LAST_CHECKPOINT).fetchone() or (0, b"")
    keys = Path(environ.get("BANSO_LEDGER_KEYS") or data / "keys" / "ledger")
    signed = _last_signed(keys / "last-signed.json")
    if signed["size"] > size or (signed["size"] == size and signed["root"] != root.hex()):
        says = f"The worker signed {signed['size']} leaves, and the last checkpoint has {size}."
        mend = "The database was put back or changed: look for its newest state first."
        findings.append((says, mend))
    return judge("ledger", f"{count} entries wait; {size} leaves are signed.", findings)


def check_demo(connection: psycopg.Connection[Any], environ: Mapping[str, str]) -> list[Finding]:
    """Find a demonstration, where anybody may take any role, beside people who are no samples."""
    if environ.get("BANSO_DEMO") != "1":
        return [Finding("demo mode", "good", "Demo mode is off.")]
    [count] = connection.execute(REAL_PEOPLE).fetchone() or [0]
    says = f"Demo mode is on, and {count} people here are no samples."
    mend = "Stop banso now, and start it without BANSO_DEMO."
    return judge("demo mode", "Everybody here is a sample.", [(says, mend)] if count else [])


def _own_migrations() -> Iterator[str]:
    for file in Path(banso.__file__).parent.glob("*/migrations/[0-9]*.py"):
        yield f"{file.parts[-3]}/{file.stem}"


def _last_signed(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {"size": 0, "root": ""}
    return dict(json.loads(path.read_text()))

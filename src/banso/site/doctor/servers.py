"""What the database server tells of itself and of the web's role."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any

from banso.site.database.checks import facts_of, role_findings, server_findings, version_findings
from banso.site.database.embedded.binaries import installed_programs
from banso.site.doctor.findings import Finding, judge

if TYPE_CHECKING:
    import psycopg

PER_MAJOR = 10_000
UNKEPT_STANDBYS = """
SELECT current_setting('synchronous_standby_names'),
       current_setting('synchronous_standby_names') <> '' AND NOT EXISTS (
           SELECT FROM pg_stat_get_wal_senders())
"""

# What migrations take from the web's role, so that nobody who reaches it rewrites what was done.
KEPT_AS_THEY_ARE = (
    *("ledger_entry", "ledger_leaf", "ledger_subtree", "ledger_checkpoint", "ledger_logkey"),
    *("proposals_receipt", "protected_reply", "protected_delivery", "results_consent"),
)
MAY_REWRITE = """
SELECT name, power FROM unnest(%s::text[]) name,
       unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) power
 WHERE to_regclass(name) IS NOT NULL
   AND (has_table_privilege(name, power)
        OR power = 'UPDATE' AND has_any_column_privilege(name, power))
"""


def check_server(connection: psycopg.Connection[Any], *, is_external: bool) -> list[Finding]:
    """Judge version, settings that trade safety for speed, the role, and standbys."""
    facts = facts_of(connection)
    version = version_findings(facts, is_external=is_external)
    return [
        *judge(
            "PostgreSQL's version",
            f"PostgreSQL {facts.version} is fit.",
            [_parted(one) for one in version] or _old_minor(connection.info.server_version),
        ),
        *judge(
            "PostgreSQL's settings",
            "What is confirmed is on disk.",
            [_parted(one) for one in server_findings(facts)],
        ),
        *judge(
            "the web's role",
            f"{facts.role} can do what the web needs and no more.",
            [_parted(one) for one in role_findings(facts)] or _may_rewrite(connection, facts.role),
        ),
        _standbys(connection),
    ]


def _may_rewrite(connection: psycopg.Connection[Any], role: str) -> list[tuple[str, str]]:
    rights = connection.execute(MAY_REWRITE, [list(KEPT_AS_THEY_ARE)]).fetchall()
    return [
        (
            f"The role {role} may {power} {table}, which nobody changes once it is written.",
            f"Run REVOKE {power} ON {table} FROM {role} as the owner, and `banso ledger audit`.",
        )
        for table, power in rights
    ]


def our_version() -> int:
    """Read the version of the programs that this release brings, in PostgreSQL's numbering."""
    told = subprocess.check_output([installed_programs() / "postgres", "--version"], text=True)  # noqa: S603 - a program that we brought
    major, minor = re.findall(r"\d+", told)[:2]
    return int(major) * PER_MAJOR + int(minor)


def _old_minor(served: int) -> list[tuple[str, str]]:
    ours = our_version()
    if served // PER_MAJOR != ours // PER_MAJOR or served >= ours:
        return []
    says = (
        f"The server is PostgreSQL {served // PER_MAJOR}.{served % PER_MAJOR}, and "
        f"{ours // PER_MAJOR}.{ours % PER_MAJOR} mends faults of it."
    )
    return [(says, "Update the server and restart it; its data stays as it is.")]


def _standbys(connection: psycopg.Connection[Any]) -> Finding:
    names, is_alone = connection.execute(UNKEPT_STANDBYS).fetchone() or ("", False)
    if is_alone:
        return Finding(
            "standbys",
            "wrong",
            f"No synchronous standby ({names}) is connected, so every act waits for one.",
            "Start the standby; or take its name from synchronous_standby_names, and reload.",
        )
    kept = f"A synchronous standby ({names}) keeps" if names else "No standby is named to keep"
    return Finding("standbys", "good", f"{kept} a second copy.")


def _parted(finding: str) -> tuple[str, str]:
    """Part a sentence from the remedy that follows it."""
    says, _, mend = finding.partition(". ")
    return f"{says}.", mend

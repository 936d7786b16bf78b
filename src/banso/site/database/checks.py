"""Whether a database may keep the program's acts: asked of it before anything is served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg.rows import class_row

from banso.site.database.embedded.binaries import MAJOR_VERSION
from banso.site.database.errors import DatabaseUnfit

if TYPE_CHECKING:
    from collections.abc import Mapping

    import psycopg

OLDEST_EXTERNAL = 16
VERIFIED = "verify-full"
DURABLE = frozenset({"on", "remote_apply"})

NO_FSYNC = (
    "fsync is off, so a power cut could lose acts that were confirmed. "
    "Run ALTER SYSTEM RESET fsync and reload the server."
)
NO_FULL_PAGES = (
    "full_page_writes is off, so a power cut could leave pages half written. "
    "Run ALTER SYSTEM RESET full_page_writes and reload the server."
)
NO_CHECKSUMS = (
    "Data checksums are off, so a damaged page would be read as if it were whole. "
    "Stop the server and run pg_checksums --enable."
)
EARLY_COMMIT = (
    "synchronous_commit is {}, so an act could be confirmed before it is kept. "
    "Set it to on for the server, the database and the role."
)
REPLICA = (
    "The server is a read replica, which may lag behind. Name the primary, because rights and "
    "deadlines are decided on what holds now."
)
FACTS = """
WITH owners AS (
    SELECT datdba AS id FROM pg_database WHERE datname = current_database()
    UNION SELECT nspowner FROM pg_namespace WHERE nspname = 'public'
    UNION SELECT relowner FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
           WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
), strong AS (
    SELECT oid, rolname FROM pg_roles
     WHERE rolname <> 'pg_database_owner'
       AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication
            OR oid IN (SELECT id FROM owners)
            OR rolname IN ('pg_read_all_data', 'pg_write_all_data', 'pg_read_server_files',
                           'pg_write_server_files', 'pg_execute_server_program'))
)
SELECT current_setting('server_version_num')::int / 10000 AS version,
       current_setting('fsync') AS fsync,
       current_setting('full_page_writes') AS full_page_writes,
       current_setting('data_checksums', true) AS data_checksums,
       current_setting('synchronous_commit') AS synchronous_commit,
       pg_is_in_recovery() AS is_replica,
       rolname AS role,
       rolsuper AS is_superuser,
       rolbypassrls AS bypasses_policies,
       rolcreaterole AS makes_roles,
       rolreplication AS reads_the_log,
       oid IN (SELECT id FROM owners) AS is_owner,
       ARRAY(SELECT strong.rolname::text FROM strong
              WHERE strong.oid <> me.oid AND pg_has_role(me.oid, strong.oid, 'MEMBER')
              ORDER BY 1) AS memberships
  FROM pg_roles me WHERE rolname = session_user
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a server says of itself and of the role that asks."""

    version: int
    fsync: str
    full_page_writes: str
    data_checksums: str | None
    synchronous_commit: str
    is_replica: bool
    role: str
    is_superuser: bool
    bypasses_policies: bool
    makes_roles: bool
    reads_the_log: bool
    is_owner: bool
    memberships: list[str]


def check_database(
    connection: psycopg.Connection[Any], *, is_external: bool, is_web: bool = True
) -> list[str]:
    """Say in one sentence each why banso must not start; an empty list is a fit database."""
    facts = facts_of(connection)
    return [
        *version_findings(facts, is_external=is_external),
        *server_findings(facts),
        *(role_findings(facts) if is_web else ()),
        *(_transport_findings(connection) if is_external else ()),
    ]


def facts_of(connection: psycopg.Connection[Any]) -> Facts:
    """Ask the server of itself and of the role that asks."""
    with connection.cursor(row_factory=class_row(Facts)) as cursor:
        facts = cursor.execute(FACTS).fetchone()
    if facts is None:  # pragma: no cover - a session's role is always there
        raise DatabaseUnfit("The database does not know who asks.")
    return facts


def require_fit_database(
    connection: psycopg.Connection[Any], *, is_external: bool, is_web: bool = True
) -> None:
    """Refuse to start on a database with findings."""
    if findings := check_database(connection, is_external=is_external, is_web=is_web):
        raise DatabaseUnfit(" ".join(findings))


def check_address(address: Mapping[str, Any]) -> list[str]:
    """Say, before a password is sent, why an address must not be used."""
    hosts = [address.get("hostaddr") or "", *str(address.get("host") or "").split(",")]
    is_remote = any(host and not _is_local(host) for host in hosts)
    if is_remote and address.get("sslmode") != VERIFIED:
        return [_unverified(", ".join(filter(None, hosts)))]
    return []


def version_findings(facts: Facts, *, is_external: bool) -> list[str]:
    """Compare the version with what this release was made and tested for."""
    if not is_external and facts.version != MAJOR_VERSION:
        finding = (
            f"The embedded server is PostgreSQL {facts.version}, and this banso needs "
            f"{MAJOR_VERSION}. Run `make setup` to get its own."
        )
        return [finding]
    if facts.version < OLDEST_EXTERNAL:
        finding = (
            f"The server is PostgreSQL {facts.version}, and banso needs {OLDEST_EXTERNAL} or "
            f"later. Ask its administrator for an upgrade."
        )
        return [finding]
    return []


def server_findings(facts: Facts) -> list[str]:
    """Find settings under which an act that was confirmed could be lost or read out of date."""
    findings = [
        (facts.fsync != "on", NO_FSYNC),
        (facts.full_page_writes != "on", NO_FULL_PAGES),
        (facts.data_checksums != "on", NO_CHECKSUMS),
        (facts.synchronous_commit not in DURABLE, EARLY_COMMIT.format(facts.synchronous_commit)),
        (facts.is_replica, REPLICA),
    ]
    return [sentence for is_so, sentence in findings if is_so]


def role_findings(facts: Facts) -> list[str]:
    """Find powers of a service's role that would let it past row-level security or the ledger."""
    powers = {
        "is a superuser": facts.is_superuser,
        "may bypass row-level security": facts.bypasses_policies,
        "may make roles": facts.makes_roles,
        "may read the write-ahead log": facts.reads_the_log,
        "owns the database, its schema or a table": facts.is_owner,
    }
    too_much = [power for power, has_it in powers.items() if has_it]
    # A superuser counts as a member of every role, which says nothing more.
    if facts.memberships and not facts.is_superuser:
        too_much.append(f"is a member of {', '.join(facts.memberships)}")
    return [
        f"The role {facts.role} {power}. Take that from it, or name another in its address."
        for power in too_much
    ]


def _transport_findings(connection: psycopg.Connection[Any]) -> list[str]:
    host = connection.info.host
    mode = connection.info.get_parameters().get("sslmode")
    is_verified = connection.pgconn.ssl_in_use and mode == VERIFIED
    return [] if _is_local(host) or is_verified else [_unverified(host)]


def _is_local(host: str) -> bool:
    """Recognise a Unix socket: a folder, or an abstract name."""
    return host.startswith(("/", "@"))


def _unverified(host: str) -> str:
    return (
        f"The connection to {host} does not prove who the server is. "
        f"Add sslmode={VERIFIED} to the address, and sslrootcert if its authority is your own."
    )

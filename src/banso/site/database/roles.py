"""The roles and their database: the owner migrates, the web role and the sequencer own nothing.

The rights are in place before the first table, because default privileges reach later tables only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, LiteralString

import psycopg
from psycopg import sql

from banso.site.database.checks import check_address
from banso.site.database.errors import DatabaseUnavailable, DatabaseUnfit
from banso.site.database.places import places_of
from banso.site.database.settings import (
    DATABASE,
    ROLES,
    address_of,
    embedded_address,
    is_external,
    superuser_address,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from banso.site.database.places import Places

OWNER_RIGHTS = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS")
SERVICE_RIGHTS = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS")
CREATE_ROLE = sql.SQL("CREATE ROLE {role} {rights};\n")
CREATE_DATABASE = sql.SQL("CREATE DATABASE {database} OWNER {owner};\n")
RIGHTS = sql.SQL("""\
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {web}, {sequencer};
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {web}, {sequencer};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {web};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
    GRANT USAGE ON SEQUENCES TO {web};
""")
FIND_ROLE: Final = "SELECT FROM pg_roles WHERE rolname = %s"
FIND_DATABASE: Final = "SELECT FROM pg_database WHERE datname = %s"
HINT = sql.SQL("""\
-- Run with psql as the server's administrator; leave out what is there already.
-- Give the roles their passwords with \\password.
""")
CONNECT = sql.SQL("\\connect {database}\n")

# Locks by number are the server's; this one keeps two first starts from making the same role.
SETTING_UP = 0x62616E736F


def ensure_database(environ: Mapping[str, str], data: Path) -> None:
    """Make roles and database ready for the first migration; again, it changes nothing.

    The embedded server has to be acquired. On an external one we do what the owner's role
    may do, and otherwise say what its administrator has to run.
    """
    if is_external(environ):
        _ensure_external(environ, data)
    else:
        make_database(places_of(data, environ), DATABASE)


def make_database(places: Places, name: str) -> None:
    """Make a database of this name on the embedded server, for the program or for tests."""
    with psycopg.connect(**superuser_address(places), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [SETTING_UP])
        _ensure_role(connection, ROLES["owner"], OWNER_RIGHTS)
        _ensure_role(connection, ROLES["web"], SERVICE_RIGHTS)
        _ensure_role(connection, ROLES["sequencer"], SERVICE_RIGHTS)
        if not _exists(connection, FIND_DATABASE, name):
            connection.execute(
                CREATE_DATABASE.format(
                    database=sql.Identifier(name), owner=sql.Identifier(ROLES["owner"])
                )
            )
        with psycopg.connect(**embedded_address(places, ROLES["owner"], name)) as owner:
            owner.execute(_rights(name, ROLES))


def drop_database(places: Places, name: str) -> None:
    """Remove a database of this name from the embedded server, whoever is connected to it."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {database} WITH (FORCE)")
    with psycopg.connect(**superuser_address(places), autocommit=True) as connection:
        connection.execute(drop.format(database=sql.Identifier(name)))


def administrator_sql(environ: Mapping[str, str], data: Path) -> str:
    """Write what an administrator of an external server runs once, before `banso migrate`."""
    addresses = {role: address_of(role, environ, data) for role in ROLES}
    names = {role: sql.Identifier(address["user"]) for role, address in addresses.items()}
    database = sql.Identifier(addresses["owner"]["dbname"])
    script = (
        HINT
        + CREATE_ROLE.format(role=names["owner"], rights=OWNER_RIGHTS)
        + CREATE_ROLE.format(role=names["web"], rights=SERVICE_RIGHTS)
        + CREATE_ROLE.format(role=names["sequencer"], rights=SERVICE_RIGHTS)
        + CREATE_DATABASE.format(database=database, owner=names["owner"])
        + CONNECT.format(database=database)
        + RIGHTS.format(database=database, **names)
    )
    return script.as_string()


def _ensure_external(environ: Mapping[str, str], data: Path) -> None:
    addresses = {role: address_of(role, environ, data) for role in ROLES}
    owner, web = addresses["owner"], addresses["web"]
    script = administrator_sql(environ, data)
    if findings := check_address(owner) + check_address(web):
        raise DatabaseUnfit(" ".join(findings))
    if owner["user"] == web["user"]:
        raise DatabaseUnfit(
            "DATABASE_URL and DATABASE_OWNER_URL name the same role. The web role must not own "
            f"the tables, so it needs another one. An administrator can make both:\n{script}"
        )
    try:
        with psycopg.connect(**owner) as connection:
            _ensure_external_rights(connection, addresses)
            is_ready = _has_rights(connection, web["user"])
    except psycopg.errors.InsufficientPrivilege as fault:
        raise DatabaseUnfit(f"{_first_line(fault)}. {_ask_administrator(script)}") from fault
    except psycopg.OperationalError as fault:
        raise DatabaseUnavailable(f"{_first_line(fault)}. {_ask_administrator(script)}") from fault
    if not is_ready:
        raise DatabaseUnfit(
            f"The roles lack rights that banso needs. {_ask_administrator(script)}"
        )


def _ensure_external_rights(
    connection: psycopg.Connection[Any], addresses: Mapping[str, Mapping[str, Any]]
) -> None:
    connection.execute("SELECT pg_advisory_xact_lock(%s)", [SETTING_UP])
    for address in (addresses["web"], addresses["sequencer"]):
        if not _exists(connection, FIND_ROLE, address["user"]):
            rights = SERVICE_RIGHTS + _password(connection, address)
            role = sql.Identifier(address["user"])
            connection.execute(CREATE_ROLE.format(role=role, rights=rights))
    names = {role: address["user"] for role, address in addresses.items()}
    connection.execute(_rights(addresses["owner"]["dbname"], names))


def _has_rights(connection: psycopg.Connection[Any], web: str) -> bool:
    """Look whether the rights took: PostgreSQL answers some grants with a mere warning."""
    row = connection.execute(
        """
        SELECT (rolbypassrls OR rolsuper)
           AND has_schema_privilege(rolname, 'public', 'CREATE')
           AND has_schema_privilege(%(web)s, 'public', 'USAGE')
           AND has_database_privilege(%(web)s, current_database(), 'CONNECT')
          FROM pg_roles WHERE rolname = session_user
        """,
        {"web": web},
    ).fetchone()
    return row is not None and row[0] is True


def _ensure_role(connection: psycopg.Connection[Any], name: str, rights: sql.SQL) -> None:
    """Make the role, or take from it whatever it has been given since."""
    role = sql.Identifier(name)
    if not _exists(connection, FIND_ROLE, name):
        connection.execute(CREATE_ROLE.format(role=role, rights=rights))
    connection.execute(sql.SQL("ALTER ROLE {role} {rights}").format(role=role, rights=rights))


def _rights(database: str, names: Mapping[str, str]) -> sql.Composed:
    roles = {role: sql.Identifier(name) for role, name in names.items()}
    return RIGHTS.format(database=sql.Identifier(database), **roles)


def _exists(connection: psycopg.Connection[Any], query: LiteralString, name: str) -> bool:
    return connection.execute(query, [name]).rowcount > 0


def _password(connection: psycopg.Connection[Any], address: Mapping[str, Any]) -> sql.Composable:
    """Send the password as a SCRAM verifier, so that the server never sees or logs it."""
    if not address.get("password"):
        return sql.SQL("")
    verifier = connection.pgconn.encrypt_password(
        address["password"].encode(), address["user"].encode(), b"scram-sha-256"
    )
    return sql.SQL(" PASSWORD {}").format(sql.Literal(verifier.decode()))


def _first_line(fault: psycopg.Error) -> str:
    return str(fault).strip().splitlines()[0].rstrip(".")


def _ask_administrator(script: str) -> str:
    return f"An administrator of the server can make what is missing:\n{script}"

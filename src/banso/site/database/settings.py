"""How Django and psycopg reach the database, read from the environment; nothing is started."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict

from banso.site.database.errors import DatabaseUnfit
from banso.site.database.places import places_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from banso.site.database.places import Places

DATABASE = "banso"
SUPERUSER = "postgres"
ROLES = {"web": "banso_web", "owner": "banso_owner", "sequencer": "banso_sequencer"}
URLS = {
    "web": "DATABASE_URL",
    "owner": "DATABASE_OWNER_URL",
    "sequencer": "DATABASE_SEQUENCER_URL",
}
SCHEMES = ("postgresql://", "postgres://")
PORT = "5432"
POOL_SIZE = 7
# A statement that a connection sends again and again is planned once (decision 0036).
PREPARED: Final = {"server_side_binding": True, "prepare_threshold": 5}
POOL_TIMEOUT = 10.0
# The pool asks a server that is away less and less often; after so many seconds whoever needs a
# connection asks anew, so that pages are back soon after a server that was away for long.
RECONNECT_SECONDS = 5.0
# What Django calls by names of its own; everything else in a URL is an option of libpq's.
DJANGO_NAMES = {
    "dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT",
}  # fmt: skip


def role_names(environ: Mapping[str, str], data: Path) -> dict[str, str]:
    """Name the database's roles, which migrations give rights to and take them from."""
    if not is_external(environ):
        return dict(ROLES)
    return {
        role: address_of(role, environ, data)["user"] if environ.get(URLS[role]) else name
        for role, name in ROLES.items()
    }


def is_external(environ: Mapping[str, str]) -> bool:
    """Tell whether DATABASE_URL names a server that banso neither starts nor stops."""
    return bool(environ.get("DATABASE_URL"))


def connection_settings(environ: Mapping[str, str], data: Path) -> dict[str, Any]:
    """Write Django's settings for the one alias `default`, whose role is chosen per process.

    Everything runs as the web role, except `banso migrate` with BANSO_DB_ROLE=owner and `banso
    worker` with BANSO_DB_ROLE=sequencer. These take plain connections: a pool would hide for
    ten seconds why none can be had.
    """
    role = _chosen_role(environ)
    address = address_of(role, environ, data)
    options = {name: value for name, value in address.items() if name not in DJANGO_NAMES}
    if role == "web":
        options |= PREPARED
        size = _pool_size(environ)
        options["pool"] = {
            "min_size": size,
            "max_size": size,
            "timeout": POOL_TIMEOUT,
            "reconnect_timeout": RECONNECT_SECONDS,
        }
    return {
        "ENGINE": "banso.site.pooled",
        **{theirs: str(address.get(ours, "")) for ours, theirs in DJANGO_NAMES.items()},
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def address_of(role: str, environ: Mapping[str, str], data: Path) -> dict[str, Any]:
    """Write what psycopg needs to connect as the `web`, `owner` or `sequencer` role."""
    if is_external(environ):
        if role == "sequencer" and not environ.get(URLS[role]):
            # Until it has an address of its own, the role exists without a password.
            owner = _external_address(URLS["owner"], environ)
            return {**owner, "user": ROLES[role], "password": ""}
        return _external_address(URLS[role], environ)
    return embedded_address(places_of(data, environ), ROLES[role], DATABASE)


def embedded_address(places: Places, user: str, database: str) -> dict[str, Any]:
    """Write what psycopg needs to connect to the embedded server, which asks for no password."""
    return {"host": str(places.socket_folder), "port": PORT, "user": user, "dbname": database}


def superuser_address(places: Places) -> dict[str, Any]:
    """Write what psycopg needs to make roles and databases on the embedded server."""
    return embedded_address(places, SUPERUSER, SUPERUSER)


def _external_address(variable: str, environ: Mapping[str, str]) -> dict[str, Any]:
    """Read a URL as libpq does; what it holds may be a password, so no message repeats it."""
    url = environ.get(variable, "")
    if not url.startswith(SCHEMES):
        raise DatabaseUnfit(
            f"{variable} has to be an address like postgresql://user@host/database?sslmode="
            f"verify-full. DATABASE_URL is the web role's, DATABASE_OWNER_URL the owner's."
        )
    try:
        address = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise DatabaseUnfit(
            f"{variable} cannot be read. Look for an option that PostgreSQL does not know, and "
            f"write special characters in names and passwords as %40 and so on."
        ) from None
    if not address.get("user") or not address.get("dbname"):
        raise DatabaseUnfit(f"{variable} has to name a user and a database.")
    # Of several servers only the one that takes writes is used, so nothing is decided on a copy.
    return {**address, "target_session_attrs": "read-write"}


def _chosen_role(environ: Mapping[str, str]) -> str:
    role = environ.get("BANSO_DB_ROLE") or "web"
    if role not in ROLES:
        raise DatabaseUnfit(f"BANSO_DB_ROLE is {role}; it has to be web, owner or sequencer.")
    return role


def _pool_size(environ: Mapping[str, str]) -> int:
    """Take as many connections as the process has threads that use them."""
    given = environ.get("BANSO_DB_POOL") or str(POOL_SIZE)
    if not given.isdecimal() or int(given) < 1:
        raise DatabaseUnfit(f"BANSO_DB_POOL is {given}; it has to be a whole number from 1 up.")
    return int(given)

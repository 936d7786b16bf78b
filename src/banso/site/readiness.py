"""What stands in the way of serving, in sentences for whoever watches over the server."""

from __future__ import annotations

import psycopg
from django.db import connection

SECONDS = 2


def troubles() -> list[str]:
    """List what is not well, over a connection that no page uses."""
    parameters = dict(connection.get_connection_params())
    parameters.pop("pool", None)
    known = ("host", "port", "user", "password", "dbname")
    address = {name: parameters[name] for name in known if parameters.get(name)}
    try:
        with psycopg.connect(**address, connect_timeout=SECONDS) as own:
            own.execute("SELECT 1")
    except psycopg.OperationalError:
        return ["the database does not answer"]
    return []

"""How long a query may take, by the kind of page that asks."""

from __future__ import annotations

from django.conf import settings
from django.db import connection


def milliseconds(kind: str) -> int:
    """Give the time of one query on a kind of page, as PostgreSQL counts it."""
    return int(settings.STATEMENT_SECONDS[kind] * 1000)


def limit_statements(seconds: float) -> None:
    """Give every connection of this process a time-out from its start, at no cost to a request."""
    options = connection.settings_dict["OPTIONS"]
    limit = f"-c statement_timeout={int(seconds * 1000)}"
    options["options"] = f"{options.get('options', '')} {limit}".strip()
    # A pool that the process's first checks opened knows no limit; the next one is made with it.
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined] # of the PostgreSQL backend

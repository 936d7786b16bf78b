"""Who may write which table, as steps of a migration, by the roles that this database has."""

from __future__ import annotations

from django.conf import settings
from django.db.migrations import RunSQL


def refuse_to_web(rights: str, tables: str) -> RunSQL:
    """Take rights that every table gives to the web role by default."""
    web = settings.DATABASE_ROLES["web"]
    given_back = rights.replace(", TRUNCATE", "")
    return RunSQL(
        f'REVOKE {rights} ON {tables} FROM "{web}"', f'GRANT {given_back} ON {tables} TO "{web}"'
    )


def allow_to_sequencer(rights: str, tables: str) -> RunSQL:
    """Give the sequencer a right; by default it has none."""
    sequencer = settings.DATABASE_ROLES["sequencer"]
    return RunSQL(
        f'GRANT {rights} ON {tables} TO "{sequencer}"',
        f'REVOKE {rights} ON {tables} FROM "{sequencer}"',
    )

"""The backend that the settings name; Django looks for it in a module called base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import psycopg
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool

if TYPE_CHECKING:
    from psycopg import Connection

# The statements of a few pages; the plans of one connection take some 5 MB with them.
PREPARED_AT_MOST: Final = 50


class Pool(ConnectionPool[Any]):
    """A pool that looks at all its connections when one of them turns out to be broken.

    A server that restarted broke all of them. Found one by one, each costs twice the wait of the
    one before, and a page that comes first would wait longer than it may.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - those of psycopg
        super().__init__(check=self.look_at, **options)

    def look_at(self, connection: Connection[Any]) -> None:
        """Pass a connection that works."""
        try:
            self.check_connection(connection)
        except psycopg.OperationalError:
            self.check()
            raise


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL from such a pool."""

    @property
    def pool(self) -> Pool | None:
        """Make the process's pool at first use, and open it later, as Django does."""
        options = self.settings_dict["OPTIONS"].get("pool")
        if not options:
            return None
        pools: dict[str, Pool] = self._connection_pools  # type: ignore[attr-defined] # the stub lacks it
        if self.alias not in pools:
            pool = Pool(
                kwargs={**self.get_connection_params(), "autocommit": True},
                open=False,
                configure=self._prepare_for_pages,
                **options,
            )
            # Of two threads that come first at once, one makes the pool.
            pools.setdefault(self.alias, pool)
        return pools[self.alias]

    def _prepare_for_pages(self, connection: Connection[Any]) -> None:
        """Configure a new connection, and bound how many plans it keeps in memory."""
        connection.prepared_max = PREPARED_AT_MOST
        self._configure_connection(connection)  # type: ignore[attr-defined] # as above

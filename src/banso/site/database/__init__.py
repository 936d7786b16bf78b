"""The database: the embedded server that starts on demand, or the external one of DATABASE_URL.

Without DATABASE_URL, PostgreSQL runs from the package's own programs, as a child of a small
supervisor, for as long as some process uses it. It is reached through a Unix socket in a private
folder, never over a network. Everything that a data folder's server needs lies in
`<data>/database`.

A service does, in this order:

    cluster = acquire(data)                    # unless is_external(os.environ)
    cluster.guard()                            # a service outlives its supervisor
    require_fit_database(connection, is_external=False)

and `banso migrate`, with BANSO_DB_ROLE=owner:

    acquire(data)
    ensure_database(os.environ, data)
    require_fit_database(connection, is_external=False, is_web=False)

What is against it is raised as `DatabaseUnavailable` or `DatabaseUnfit`, whose message is a
sentence for the person who started banso. Nothing here imports Django.
"""

from banso.site.database.checks import check_address, check_database, require_fit_database
from banso.site.database.embedded.joining import Cluster, acquire, wait_until_stopped
from banso.site.database.embedded.status import Status, status
from banso.site.database.errors import DatabaseUnavailable, DatabaseUnfit
from banso.site.database.roles import (
    administrator_sql,
    drop_database,
    ensure_database,
    make_database,
)
from banso.site.database.settings import (
    connection_settings,
    embedded_address,
    is_external,
    role_names,
    superuser_address,
)

__all__ = [
    "Cluster",
    "DatabaseUnavailable",
    "DatabaseUnfit",
    "Status",
    "acquire",
    "administrator_sql",
    "check_address",
    "check_database",
    "connection_settings",
    "drop_database",
    "embedded_address",
    "ensure_database",
    "is_external",
    "make_database",
    "require_fit_database",
    "role_names",
    "status",
    "superuser_address",
    "wait_until_stopped",
]

import psycopg
import pytest
from tests.journeys.conftest import clean_environ, free_port
from tests.migrated import migrated_folder

from banso.site.database import acquire, superuser_address
from banso.site.secret import secret_key


@pytest.fixture(scope="module")
def site():
    """A healthy folder whose database runs, of which each test breaks one thing and mends it."""
    with migrated_folder() as folder, acquire(folder) as cluster:
        environ = clean_environ(folder)
        environ = environ | {"PORT": str(free_port()), "BANSO_CLOCK": "trusted"}
        environ.pop("BANSO_DEMO")
        secret_key(environ, folder)
        yield folder, environ, superuser_address(cluster.places) | {"dbname": "banso"}


@pytest.fixture
def as_owner(site):
    with psycopg.connect(**site[2], autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection.execute

"""A-97: a server that restarted broke every connection, and the next page is answered."""

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from banso.site.database import acquire, superuser_address

BREAK = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
 WHERE datname = %s AND usename = 'banso_web'
"""


@pytest.mark.assurance("A-97")
@pytest.mark.django_db(transaction=True)
def test_a_pool_whose_connections_all_broke_gives_one_that_works():
    connection.ensure_connection()
    connection.close()
    connection.pool.wait()
    with acquire(settings.DATA) as cluster:
        address = superuser_address(cluster.places)
        with psycopg.connect(**address, autocommit=True) as superuser:
            [broken] = superuser.execute(BREAK, [connection.settings_dict["NAME"]]).fetchone()

    with connection.cursor() as cursor:
        cursor.execute("SELECT 'answered'")
        [answer] = cursor.fetchone()

    assert broken == connection.pool.max_size > 5
    assert answer == "answered"

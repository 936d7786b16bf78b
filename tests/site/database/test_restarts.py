"""A-97: a server that was told to end comes back, and the next page is answered."""

import os
import signal

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from tests.waiting import until

from banso.site.database import acquire, status, superuser_address

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


@pytest.mark.assurance("A-97")
@pytest.mark.parametrize("way", [signal.SIGTERM, signal.SIGINT, signal.SIGQUIT])
def test_a_server_that_somebody_told_to_end_comes_back_although_clients_stay(data, way):
    with acquire(data) as cluster, connected(cluster) as staying:
        told = status(data).server_pid

        os.kill(told, way)

        until(lambda: status(data).server_pid not in {None, told}, "another runs", within=30)
        until(lambda: status(data).accepts_connections, "it takes clients", within=30)
        with connected(cluster) as coming:
            assert coming.execute("SELECT 1").fetchone() == (1,)
        with pytest.raises(psycopg.OperationalError):
            staying.execute("SELECT 1")


def connected(cluster):
    return psycopg.connect(**superuser_address(cluster.places))

"""The database that every test with `django_db` gets."""

import os

import pytest
from django.apps import apps
from django.db import connection

from banso.site.database import check_database

pytestmark = pytest.mark.django_db
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")


def one(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


@pytest.mark.assurance("A-10")
def test_tests_run_as_the_web_role_in_a_database_of_their_worker():
    assert one("SELECT session_user") == "banso_web"
    assert one("SELECT current_database()") == f"test_banso_{WORKER}"
    assert check_database(connection.connection, is_external=False) == []


def test_every_table_belongs_to_the_owner():
    owners = (
        "SELECT string_agg(DISTINCT tableowner, ' ') FROM pg_tables WHERE schemaname = 'public'"
    )

    assert one(owners) == "banso_owner"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_transactional_test_leaves_nothing_behind(turn):
    group = apps.get_model("auth", "Group")

    assert not group.objects.exists()
    group.objects.create(name=turn)


def test_what_a_connection_asks_again_and_again_is_planned_once():
    question = "SELECT count(*) FROM people_person WHERE family_name = %s"
    times = connection.settings_dict["OPTIONS"]["prepare_threshold"] + 2

    with connection.cursor() as cursor:
        for _ in range(times):
            cursor.execute(question, ["banso"])
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s",
            ["%family_name = $1"],
        )
        assert cursor.fetchone() == (1,)

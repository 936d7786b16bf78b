from http import HTTPStatus

from django.db import connection
from django.urls import reverse
from tests.people.factories import PersonFactory

from banso.site.surface import audiences, is_heavy, largest_upload


def timeout():
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


def test_a_heavy_page_sets_a_time_of_its_own_and_sets_it_back(client_for):
    browser, noted, before = client_for(PersonFactory()), Noted(), timeout()

    with connection.execute_wrapper(noted):
        heavy = browser.get(reverse("proofs:bundle"))
        other = browser.get(reverse("projects:my_projects"))

    assert (heavy.status_code, other.status_code) == (HTTPStatus.OK, HTTPStatus.OK)
    assert noted.settings == ["SET statement_timeout = 20000", "RESET statement_timeout"]
    assert timeout() == before


class Noted:
    def __init__(self):
        self.settings = []

    def __call__(self, execute, sql, parameters, many, context):
        if "statement_timeout" in sql:
            self.settings.append(sql)
        return execute(sql, parameters, many, context)


def test_addresses_that_take_files_or_look_over_much_exist():
    some_id = "00000000-0000-4000-8000-000000000000"
    attach = reverse("proposals:attach", args=[some_id])

    take_files = {name for name, one in audiences().items() if one.file_bytes}
    assert take_files == {"proposals:attach", "registry:upload"}
    assert largest_upload(attach) == largest_upload("/en" + attach) == 100_100_000
    assert largest_upload("/en/") is None
    assert is_heavy(reverse("portal:desk"))
    assert not is_heavy(attach)
    assert all(":" in name for name, one in audiences().items() if one.is_heavy)

"""Every page knows its instant, read once; whether the server answers needs no database."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from tests.people.factories import PersonFactory

from banso.site.middleware import acting, arrival

NOON = datetime(2027, 4, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def readings(monkeypatch):
    found = []

    def read():
        found.append(NOON)
        return NOON

    for module in (acting, arrival):
        monkeypatch.setattr(module, "read_clock", read)
    return found


def answered(rf, method, view_name, user, readings):
    request = getattr(rf, method)("/")
    request.user, request.resolver_match = user, SimpleNamespace(view_name=view_name)
    request.COOKIES = {"sessionid": "any"}

    def view(incoming):
        inner.process_view(incoming, view, (), {})
        return HttpResponse()

    inner = acting.ActingMiddleware(view)
    arrival.ArrivalMiddleware(inner)(request)
    return getattr(request, "at", None)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_the_clock_is_read_once_for_a_page(db, rf, readings, method, is_signed_in):
    person = PersonFactory()
    signed_in = SimpleNamespace(is_authenticated=True, person_id=person.pk)
    user = signed_in if is_signed_in else AnonymousUser()

    at = answered(rf, method, "results:my_results", user, readings)

    assert (at, readings) == (NOON, [NOON])


def test_whether_the_server_answers_is_told_without_the_clock(rf, readings):
    assert answered(rf, "get", "healthz", AnonymousUser(), readings) is None
    assert readings == []

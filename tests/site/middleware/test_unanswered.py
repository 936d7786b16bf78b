from http import HTTPStatus

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from psycopg.errors import QueryCanceled, UndefinedTable
from psycopg_pool import PoolTimeout

from banso.site.faults import server_error
from banso.site.middleware.unanswered import UnansweredMiddleware


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        pytest.param("/concepts/", "このページはこの方法では使えません", id="ja"),
        pytest.param("/en/concepts/", "This page cannot be used in this way", id="en"),
    ],
)
def test_a_method_that_is_not_taken_is_told_in_our_page(client, db, path, sentence):
    response = client.delete(path)

    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
    assert sentence in response.text
    assert "camera=()" in response.headers["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/en/calls/a%00b/", "/en/?q=%00"])
def test_an_address_with_nul_is_answered_by_our_page(client, db, path):
    response = client.get(path)

    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "We could not read this request" in response.text


def test_too_many_requests_are_told_in_our_page_and_say_when_to_come_back():
    def foreign(_request):
        return HttpResponse("Too Many", status=429, headers={"Retry-After": "60"})

    response = UnansweredMiddleware(foreign)(RequestFactory().get("/en/accounts/login/"))

    assert (response.status_code, response.headers["Retry-After"]) == (429, "60")
    assert "Too much is arriving at once" in response.text


@pytest.mark.parametrize(
    ("cause", "status"),
    [
        pytest.param(QueryCanceled("statement timeout"), 503, id="query-too-slow"),
        pytest.param(PoolTimeout("no connection"), 503, id="no-connection"),
        pytest.param(UndefinedTable("no such table"), 500, id="our-fault"),
    ],
)
def test_a_fault_that_passes_is_told_apart_from_ours(cause, status):
    request = RequestFactory().get("/en/my/")
    response = failing(request, cause)

    assert response.status_code == status
    assert ("Retry-After" in response.headers) == (status == 503)


def failing(request, cause):
    try:
        fail(cause)
    except (OperationalError, UndefinedTable):
        return server_error(request)


def fail(cause):
    if isinstance(cause, UndefinedTable):
        raise cause
    raise OperationalError from cause

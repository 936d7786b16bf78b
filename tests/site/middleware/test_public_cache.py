from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from tests.people.factories import PersonFactory

from banso.catalogue.models import PublicVersion
from banso.ledger.clock import read_clock
from banso.site.middleware.public_cache import PAGES
from banso.site.public_pages import KeptPage, PublicPages

NOW = datetime(2027, 4, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def empty_memory():
    PAGES.clear()
    yield
    PAGES.clear()


@pytest.fixture
def visitor(transactional_db, settings):
    settings.MIDDLEWARE = [
        "banso.site.middleware.public_cache.PublicCacheMiddleware",
        *settings.MIDDLEWARE,
    ]
    PublicVersion.objects.bump()
    return Client()


def test_a_second_reading_renders_nothing(visitor, django_assert_num_queries):
    first = visitor.get("/rules/")

    with django_assert_num_queries(1):
        second = visitor.get("/rules/")

    assert (second.status_code, second.content) == (HTTPStatus.OK, first.content)


def test_a_change_is_visible_on_the_next_request(visitor):
    first = visitor.get("/rules/").headers["ETag"]
    kept = PAGES.find("/rules/", version=PublicVersion.objects.current(), at=read_clock())

    PublicVersion.objects.bump()

    assert kept.etag == first
    assert PAGES.find("/rules/", version=PublicVersion.objects.current(), at=read_clock()) is None


def test_an_unchanged_page_is_not_sent_again(visitor):
    etag = visitor.get("/rules/").headers["ETag"]

    response = visitor.get("/rules/", headers={"If-None-Match": etag})

    assert (response.status_code, response.content) == (HTTPStatus.NOT_MODIFIED, b"")


def test_languages_are_kept_apart(visitor):
    assert 'lang="ja"' in visitor.get("/rules/").text
    assert 'lang="en"' in visitor.get("/en/rules/").text


@pytest.mark.assurance("A-15")
def test_what_a_person_sees_is_kept_for_nobody(visitor, client_for):
    response = client_for(PersonFactory(family_name="見本山")).get("/rules/")

    assert "見本山" in response.text
    assert response.headers["Cache-Control"] == "no-store, private"
    assert "見本山" not in visitor.get("/rules/").text


@pytest.mark.parametrize("address", ["/accounts/login/", "/my/", "/no-such-page/"])
def test_only_public_pages_are_kept(visitor, address):
    visitor.get(address)

    assert PAGES.find(address, version=PublicVersion.objects.current(), at=read_clock()) is None


def page_of(size, until):
    return KeptPage(version=1, until=until, headers=(), etag='"x"', body=b"x" * size)


def test_memory_is_bounded_and_the_least_read_page_goes_first():
    now = NOW
    pages = PublicPages(most_bytes=100)
    for address in ("first", "second"):
        pages.keep(address, page_of(40, now + timedelta(minutes=1)))
    pages.find("first", version=1, at=now)

    pages.keep("third", page_of(40, now + timedelta(minutes=1)))
    pages.keep("too large", page_of(101, now + timedelta(minutes=1)))

    found = [
        address
        for address in ("first", "second", "third", "too large")
        if pages.find(address, version=1, at=now)
    ]
    assert found == ["first", "third"]


def test_a_page_is_true_until_its_end_and_no_longer():
    now = NOW

    page = page_of(1, now)

    assert [page.is_true_at(1, now - timedelta(seconds=1)), page.is_true_at(1, now)] == [
        True,
        False,
    ]

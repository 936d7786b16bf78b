"""A view's answer: the whole page, the part for htmx, or the way on."""

import re
from http import HTTPStatus
from uuid import UUID

import pytest

from banso.web.pages import page, see_other
from banso.web.templating import IdempotencyInput

HTMX = {"HX-Request": "true"}
WORDS = {"title": "A title", "sentences": ["A sentence."]}


def answer(request, **options):
    return page(request, "web/errors/error.html", WORDS, part="web/errors/_error.html", **options)


def is_whole(response):
    return b"<html" in response.content


def test_a_plain_visit_gets_the_whole_page(rf):
    response = answer(rf.get("/calls/"))

    assert is_whole(response)
    assert response["Vary"] == "HX-Request, HX-History-Restore-Request"


def test_htmx_gets_the_part_with_its_status(rf):
    response = answer(rf.post("/calls/", headers=HTMX), status=HTTPStatus.UNPROCESSABLE_ENTITY)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response.text.startswith('<section class="refusal" id="error"')


@pytest.mark.convention("H6")
@pytest.mark.parametrize("header", ["HX-History-Restore-Request", "HX-Boosted"])
def test_going_back_and_boosted_links_get_the_whole_page(rf, header):
    response = answer(rf.get("/calls/", headers={**HTMX, header: "true"}))

    assert is_whole(response)


def test_a_plain_form_that_succeeded_is_sent_on(rf):
    response = answer(rf.post("/calls/?page=2"))

    assert (response.status_code, response["Location"]) == (HTTPStatus.SEE_OTHER, "/calls/")


def test_a_plain_form_is_sent_on_to_where_the_view_says(rf):
    response = answer(rf.post("/calls/"), then="/receipts/1/")

    assert (response.status_code, response["Location"]) == (HTTPStatus.SEE_OTHER, "/receipts/1/")


def test_a_form_sent_by_htmx_is_sent_on_by_htmx(rf):
    response = answer(rf.post("/calls/", headers=HTMX), then="/receipts/1/")

    assert (response.status_code, response["HX-Redirect"]) == (HTTPStatus.OK, "/receipts/1/")


def test_a_form_sent_by_htmx_may_stay_where_it_is(rf):
    response = answer(rf.post("/calls/", headers=HTMX))

    assert response.status_code == HTTPStatus.OK
    assert not is_whole(response)


def test_a_plain_form_that_was_refused_shows_the_whole_page(rf):
    response = answer(rf.post("/calls/"), status=HTTPStatus.UNPROCESSABLE_ENTITY)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert is_whole(response)


def test_a_redirect_after_a_form_is_followed_with_get():
    assert see_other("/x/").status_code == HTTPStatus.SEE_OTHER


def key_in(html):
    return re.search(r'name="idempotency_key" value="([^"]*)"', html)[1]


def test_each_form_of_a_page_has_a_key_of_its_own(rf):
    field = IdempotencyInput.of(rf.get("/"), keep=False)

    first, second = UUID(key_in(field.__html__())), UUID(key_in(field.__html__()))

    assert first != second


@pytest.mark.convention("P5")
def test_a_form_that_comes_back_keeps_its_key(rf):
    request = rf.post("/", {"idempotency_key": "the-key-it-was-sent-with"})

    kept = key_in(IdempotencyInput.of(request, keep=True).__html__())
    fresh = key_in(IdempotencyInput.of(request, keep=False).__html__())

    assert kept == "the-key-it-was-sent-with"
    assert fresh != kept


def test_a_key_cannot_carry_markup(rf):
    request = rf.post("/", {"idempotency_key": '"><script>'})

    assert "<script>" not in IdempotencyInput.of(request, keep=True).__html__()

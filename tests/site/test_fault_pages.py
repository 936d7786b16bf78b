"""What the machine refuses becomes a page of ours, in the address's language."""

from datetime import UTC, datetime
from http import HTTPStatus

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, DataError, connection, transaction
from django.utils.translation import override

from banso.rulebook.verdicts import Clause, RuleRefused
from banso.site.faults import bad_request, server_error
from banso.site.middleware.refusals import RefusalMiddleware
from banso.web.file_store import Fault, FileDamaged, StoreFull, StoreUnavailable
from banso.web.unanswered import fault_page

SUBMITTED = datetime(2027, 5, 1, tzinfo=UTC)


def answer(rf, fault, language="en"):
    path = "/en/my/" if language == "en" else "/my/"
    return RefusalMiddleware(lambda _: None).process_exception(rf.post(path), fault)


@pytest.mark.parametrize(
    ("fault", "status", "sentence"),
    [
        pytest.param(StoreFull("x"), 507, "was not kept", id="full"),
        pytest.param(OSError(28, "x"), 507, "was not kept", id="no-space"),
        pytest.param(StoreUnavailable("x"), 503, "taken only once", id="unavailable"),
        pytest.param(OSError(30, "x"), 503, "taken only once", id="read-only"),
        pytest.param(OSError(24, "x"), 503, "taken only once", id="no-descriptor"),
        pytest.param(OSError(23, "x"), 503, "taken only once", id="no-descriptor-anywhere"),
        pytest.param(FileDamaged("0" * 64, Fault.CHANGED), 503, "damaged", id="damaged"),
    ],
)
def test_each_fault_of_the_store_has_its_page(rf, fault, status, sentence):
    response = answer(rf, fault)

    assert response.status_code == status
    assert sentence in response.text


def test_the_page_is_in_the_language_of_the_address(rf):
    assert "いま送られた内容は保存していません" in answer(rf, StoreFull("x"), "ja").text


@pytest.mark.assurance("A-95")
@pytest.mark.parametrize(
    ("state", "status"), [("53100", 507), ("25006", 503), ("08006", 503), ("53300", 503)]
)
@pytest.mark.django_db
def test_a_database_without_room_or_leave_to_write_has_its_page(rf, state, status):
    raising = f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$"

    with (
        pytest.raises(DatabaseError) as raised,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(raising)

    assert answer(rf, raised.value).status_code == status


@pytest.mark.django_db
def test_a_fault_of_ours_stays_an_error(rf):
    assert answer(rf, ValueError("ours")) is None


@pytest.mark.assurance("A-95")
@pytest.mark.parametrize(
    ("fault", "status"),
    [
        pytest.param(OSError(28, "no space left"), 507, id="no-room"),
        pytest.param(OSError(24, "too many open files"), 503, id="no-descriptor"),
        pytest.param(ValueError("ours"), 500, id="ours"),
    ],
)
@pytest.mark.parametrize(("path", "words"), [("/en/my/", '<html lang="en">'), ("/my/", "ja")])
def test_a_fault_before_any_view_has_the_same_page(rf, fault, status, path, words):
    try:
        raise fault
    except (OSError, ValueError):
        response = server_error(rf.get(path))

    assert (response.status_code, words in response.text) == (status, True)
    assert ("Retry-After" in response.headers) == (status == 503)


def test_a_rule_that_no_page_told_is_told_here(rf):
    verdict = Clause("K1").refuse("already-submitted", submitted_at=SUBMITTED)

    with override("en"):
        response = answer(rf, RuleRefused(verdict))

    assert response.status_code == 422
    assert "This could not be done" in response.text
    assert "(K1)" in response.text


@pytest.mark.parametrize("error", [ValueError("NUL"), DataError("NUL")])
def test_a_form_with_nul_is_a_request_that_cannot_be_read(rf, error):
    nul = rf.post("/en/my/", {"words": "a\x00b"})
    plain = rf.post("/en/my/", {"words": "ab"})
    middleware = RefusalMiddleware(lambda _: None)

    assert middleware.process_exception(nul, error).status_code == 400
    assert middleware.process_exception(plain, error) is None


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/en/calls/?q=1", 'href="/en/calls/?q=1"'),
        ("http://elsewhere.example/en/calls/", 'href="/en/"'),
        ("http://testserver//elsewhere.example/", 'href="/en/"'),
        ("javascript://testserver/%0aalert(1)", 'href="/en/"'),
        ("http://[broken", 'href="/en/"'),
        ("", 'href="/en/"'),
    ],
)
def test_a_page_of_a_fault_leads_back_to_our_own_pages_alone(rf, referer, back):
    request = rf.get("/en/x/", headers={"Referer": referer, "Host": "testserver"})

    response = fault_page(request, HTTPStatus.NOT_FOUND)

    assert back in response.text
    assert "elsewhere" not in response.text
    assert "javascript" not in response.text


def test_more_text_than_django_reads_is_too_much(rf):
    response = bad_request(rf.post("/en/my/"), RequestDataTooBig("x"))

    assert response.status_code == 413

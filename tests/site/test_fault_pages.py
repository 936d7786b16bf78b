"""What the machine refuses becomes a page of ours, in the address's language."""

import pytest
from django.db import DatabaseError, connection, transaction

from banso.site.faults import server_error
from banso.site.middleware.refusals import RefusalMiddleware
from banso.web.file_store import Fault, FileDamaged, StoreFull, StoreUnavailable


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

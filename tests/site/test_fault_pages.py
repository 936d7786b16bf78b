"""What the machine refuses becomes a page of ours, in the address's language."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.translation import override

from banso.site.middleware.refusals import RefusalMiddleware
from banso.web.file_store import Fault, FileDamaged, StoreFull, StoreUnavailable


def answer(rf, fault, language="en"):
    with override(language):
        return RefusalMiddleware(lambda _: None).process_exception(rf.post("/"), fault)


@pytest.mark.parametrize(
    ("fault", "status", "sentence"),
    [
        pytest.param(StoreFull("x"), 507, "was not kept", id="full"),
        pytest.param(OSError(28, "x"), 507, "was not kept", id="no-space"),
        pytest.param(StoreUnavailable("x"), 503, "taken only once", id="unavailable"),
        pytest.param(OSError(30, "x"), 503, "taken only once", id="read-only"),
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
@pytest.mark.parametrize(("state", "status"), [("53100", 507), ("25006", 503), ("08006", 503)])
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

from datetime import UTC, datetime, timedelta

import pytest

from banso.rulebook.people.addresses import (
    ADDRESSES,
    may_ask_address_change,
    may_confirm_address_change,
    may_stop_address_change,
    may_withdraw_address_change,
)

AT = datetime(2027, 4, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("is_own", "reason"), [(False, ""), (True, "address-is-own")])
def test_another_address_is_asked_for(is_own, reason):
    verdict = may_ask_address_change(is_own=is_own)

    assert (verdict.clause, verdict.reason) == (ADDRESSES, reason)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="waits"),
        pytest.param({"ends_at": AT + SECOND}, "", id="just-before-its-end"),
        pytest.param({"ends_at": AT}, "address-link-expired", id="at-its-end"),
        pytest.param({"confirmed_at": AT}, "address-changed-already", id="again"),
        pytest.param({"stopped_at": AT}, "address-change-stopped", id="stopped"),
        pytest.param({"is_taken": True}, "address-taken-meanwhile", id="taken"),
    ],
)
def test_a_change_is_confirmed_once_up_to_its_end(facts, reason):
    waiting = {
        "confirmed_at": None,
        "stopped_at": None,
        "ends_at": AT + timedelta(days=3),
        "is_taken": False,
        "at": AT,
    }

    verdict = may_confirm_address_change(**waiting | facts)

    assert (verdict.clause, verdict.reason) == (ADDRESSES, reason)


@pytest.mark.parametrize(
    ("confirmed_at", "stopped_at", "reason"),
    [
        pytest.param(None, None, "", id="waits"),
        pytest.param(AT, None, "address-changed-already", id="confirmed"),
        pytest.param(None, AT, "address-change-stopped", id="stopped"),
    ],
)
def test_what_waits_is_withdrawn(confirmed_at, stopped_at, reason):
    verdict = may_withdraw_address_change(confirmed_at=confirmed_at, stopped_at=stopped_at)

    assert (verdict.clause, verdict.reason) == (ADDRESSES, reason)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="just-before-its-end"),
        pytest.param({"stoppable_until": AT}, "address-stays-changed", id="at-its-end"),
        pytest.param({"stopped_at": AT}, "address-change-stopped", id="again"),
        pytest.param({"is_former_taken": True}, "former-address-taken", id="taken"),
    ],
)
def test_a_change_is_stopped_once_up_to_its_end(facts, reason):
    told = {
        "stopped_at": None,
        "stoppable_until": AT + SECOND,
        "is_former_taken": False,
        "at": AT,
    }

    verdict = may_stop_address_change(**told | facts)

    assert (verdict.clause, verdict.reason) == (ADDRESSES, reason)

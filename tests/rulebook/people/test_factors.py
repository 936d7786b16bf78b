import pytest

from banso.rulebook.people.factors import (
    FACTORS,
    may_ask_factor_reset,
    may_confirm_factor_reset,
    may_withdraw_factor_reset,
)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="lost"),
        pytest.param({"is_own": True}, "reset-of-oneself", id="own"),
        pytest.param({"has_factors": False}, "nothing-to-reset", id="none"),
        pytest.param({"waits_already": True}, "reset-waits-already", id="waits"),
    ],
)
def test_a_reset_is_asked_for_another_once_at_a_time(facts, reason):
    lost = {"is_own": False, "has_factors": True, "waits_already": False}

    verdict = may_ask_factor_reset(**lost | facts)

    assert (verdict.clause, verdict.reason) == (FACTORS, reason)


@pytest.mark.parametrize(
    ("decided_by", "is_answered", "reason"),
    [
        pytest.param({"a", "b"}, False, "", id="two"),
        pytest.param({"a"}, False, "reset-needs-two-people", id="one"),
        pytest.param({"a", "person"}, False, "reset-of-oneself", id="the-person"),
        pytest.param({"a", "b"}, True, "reset-already-answered", id="again"),
    ],
)
def test_two_others_reset(decided_by, is_answered, reason):
    verdict = may_confirm_factor_reset(
        person="person", decided_by=decided_by, is_answered=is_answered
    )

    assert (verdict.clause, verdict.reason) == (FACTORS, reason)


@pytest.mark.parametrize(
    ("is_answered", "reason"), [(False, ""), (True, "reset-already-answered")]
)
def test_a_reset_is_withdrawn_until_it_is_confirmed(is_answered, reason):
    verdict = may_withdraw_factor_reset(is_answered=is_answered)

    assert (verdict.clause, verdict.reason) == (FACTORS, reason)

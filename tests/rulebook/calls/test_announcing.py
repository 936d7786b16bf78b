import pytest
from hypothesis import given
from hypothesis import strategies as st

from banso.rulebook.calls.announcing import CALL_TYPES, may_announce, may_call_again


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="whole"),
        pytest.param({"round_number": 0}, "call-has-no-round", id="no-round"),
        pytest.param({"call_type": "contest"}, "call-has-no-type", id="another-type"),
        pytest.param({"slots": 0}, "call-has-no-slot", id="no-slot"),
    ],
)
def test_a_call_has_a_round_a_type_and_slots(facts, reason):
    whole = {"round_number": 1, "call_type": "project", "slots": 1}

    verdict = may_announce(**whole | facts)

    assert (verdict.clause.id, verdict.reason) == ("K9", reason)


@pytest.mark.parametrize("call_type", sorted(CALL_TYPES))
def test_both_types_of_the_program_can_be_announced(call_type):
    assert not may_announce(round_number=2, call_type=call_type, slots=3).is_refusal


@given(slots=st.integers(0, 9), filled=st.integers(0, 9))
def test_a_second_call_is_for_an_unfilled_slot(slots, filled):
    verdict = may_call_again(slots=slots, filled=filled)

    assert (verdict.clause.id, verdict.reason) == (
        "K9",
        "" if filled < slots else "no-unfilled-slot",
    )

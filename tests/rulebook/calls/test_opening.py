import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.calls.instants import CLOSES, INSTANTS, OPENS, SECOND

from banso.rulebook.calls.opening import may_extend, may_open


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({}, ("G1", ""), id="appointed-and-announced"),
        pytest.param({"announced_at": OPENS}, ("G1", ""), id="announced-this-instant"),
        pytest.param({"has_director": False}, ("G1", "no-director-appointed"), id="no-director"),
        pytest.param({"announced_at": None}, ("K1", "call-not-announced"), id="not-announced"),
        pytest.param(
            {"announced_at": OPENS + SECOND}, ("K1", "call-not-announced"), id="announced-later"
        ),
    ],
)
def test_a_call_opens_when_its_director_is_appointed_and_it_was_announced(facts, expected):
    ready = {"has_director": True, "announced_at": OPENS - SECOND, "at": OPENS}

    verdict = may_open(**ready | facts)

    assert (verdict.clause.id, verdict.reason) == expected


@given(announced_at=st.none() | INSTANTS, at=INSTANTS)
def test_no_call_ever_opens_without_a_director(announced_at, at):
    verdict = may_open(has_director=False, announced_at=announced_at, at=at)

    assert verdict.reason == "no-director-appointed"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="reason-and-two-people"),
        pytest.param({"reason": " \u3000"}, "extension-has-no-reason", id="blank-reason"),
        pytest.param({"decided_by": {"po"}}, "extension-needs-two-people", id="one-person"),
        pytest.param({"decided_by": set()}, "extension-needs-two-people", id="nobody"),
        pytest.param({"extended_to": CLOSES}, "extension-not-after-closing", id="no-later"),
        pytest.param({"decided_by": {"po", "fa", "pd"}}, "", id="three-people"),
    ],
)
def test_an_extension_has_a_reason_and_two_people(facts, reason):
    fair = {
        "reason": "outage on the last morning",
        "decided_by": {"po", "fa"},
        "closes_at": CLOSES,
        "extended_to": CLOSES + SECOND,
    }

    verdict = may_extend(**fair | facts)

    assert (verdict.clause.id, verdict.reason) == ("K4", reason)


def test_an_extension_for_some_cannot_be_expressed():
    with pytest.raises(TypeError, match="applicants"):
        may_extend(
            reason="for one of us",
            decided_by={"po", "fa"},
            closes_at=CLOSES,
            extended_to=CLOSES + SECOND,
            applicants={"one"},
        )

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banso.rulebook.calls import (
    CALL_TYPES,
    SUBMISSION,
    has_outcome,
    may_announce,
    may_apply,
    may_call_again,
    may_extend,
    may_open,
    may_receive,
    may_submit_version,
    may_withdraw,
    missing_parts,
)

SECOND = timedelta(seconds=1)
OPENS = datetime(2027, 4, 1, 1, 0, tzinfo=UTC)
CLOSES = datetime(2027, 5, 31, 3, 0, tzinfo=UTC)
INSTANTS = st.datetimes(timezones=st.just(UTC))
NAMES = st.frozensets(st.sampled_from("abcdef"))


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
    ("at", "reason"),
    [
        pytest.param(OPENS - SECOND, "call-not-open-yet", id="just-before-opening"),
        pytest.param(OPENS, "", id="at-opening"),
        pytest.param(CLOSES - SECOND, "", id="just-before-closing"),
        pytest.param(CLOSES, "call-has-closed", id="at-closing"),
        pytest.param(CLOSES + SECOND, "call-has-closed", id="just-after-closing"),
    ],
)
def test_a_call_receives_from_opening_up_to_closing(at, reason):
    verdict = may_receive(opens_at=OPENS, closes_at=CLOSES, submitted_at=None, at=at)

    assert (verdict.clause, verdict.reason) == (SUBMISSION, reason)


@given(opens_at=INSTANTS, closes_at=INSTANTS, at=INSTANTS)
def test_what_is_received_lies_between_opening_and_closing(opens_at, closes_at, at):
    verdict = may_receive(opens_at=opens_at, closes_at=closes_at, submitted_at=None, at=at)

    assert verdict.is_refusal != (opens_at <= at < closes_at)


@given(at=st.datetimes(timezones=st.timezones()))
def test_a_proposal_is_never_received_twice(at):
    verdict = may_receive(opens_at=OPENS, closes_at=CLOSES, submitted_at=OPENS, at=at)

    assert verdict.reason == "already-submitted"
    assert verdict.facts == {"submitted_at": OPENS}


@given(at=INSTANTS, offset=st.timezones())
def test_where_the_clock_hangs_changes_no_verdict(at, offset):
    here = may_receive(opens_at=OPENS, closes_at=CLOSES, submitted_at=None, at=at)
    there = may_receive(
        opens_at=OPENS, closes_at=CLOSES, submitted_at=None, at=at.astimezone(offset)
    )

    assert here == there


@pytest.mark.parametrize(
    ("present", "unverified", "expected"),
    [
        pytest.param({"plan", "budget"}, set(), ("", {}), id="complete"),
        pytest.param(
            {"plan"},
            set(),
            ("required-parts-missing", {"missing": ("budget",), "unverified": ()}),
            id="one-part-missing",
        ),
        pytest.param(
            set(),
            {"annex"},
            ("required-parts-missing", {"missing": ("budget", "plan"), "unverified": ("annex",)}),
            id="all-defects-named-at-once",
        ),
        pytest.param(
            {"plan", "budget", "annex"},
            {"annex"},
            ("files-not-verified", {"missing": (), "unverified": ("annex",)}),
            id="a-voluntary-file-not-verified",
        ),
    ],
)
def test_received_means_every_part_is_there_and_verified(present, unverified, expected):
    verdict = missing_parts(
        required=frozenset({"plan", "budget"}), present=present, unverified=unverified
    )

    assert verdict.clause.id == "K2"
    assert (verdict.reason, verdict.facts) == expected


@given(required=NAMES, present=NAMES, unverified=NAMES)
def test_a_receipt_means_nothing_is_missing_and_nothing_unverified(required, present, unverified):
    verdict = missing_parts(required=required, present=present, unverified=unverified)

    assert verdict.is_refusal != (required <= present and not unverified)


@pytest.mark.parametrize(
    ("approved", "reason"),
    [
        pytest.param(None, "not-approved-by-institution", id="never-approved"),
        pytest.param("draft-a", "edited-since-approval", id="edited-since"),
        pytest.param("draft-b", "", id="approved-as-it-stands"),
    ],
)
def test_the_institution_approves_the_exact_version(approved, reason):
    verdict = may_submit_version(approved_version=approved, current_version="draft-b")

    assert (verdict.clause.id, verdict.reason) == ("K3", reason)


@given(approved=st.none() | st.text(), current=st.text())
def test_only_the_approved_version_is_submitted(approved, current):
    verdict = may_submit_version(approved_version=approved, current_version=current)

    assert verdict.is_refusal == (approved != current)


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


# Since when the clock is in doubt, and what a closing at CLOSES means then.
DOUBT = [
    pytest.param(None, "call-has-closed", id="never"),
    pytest.param(CLOSES - SECOND, "closing-is-paused", id="from-before-closing"),
    pytest.param(CLOSES, "call-has-closed", id="from-closing-on"),
    pytest.param(CLOSES + SECOND, "call-has-closed", id="from-after-closing"),
]


@pytest.mark.parametrize(("closed_until", "reason"), DOUBT)
def test_nobody_is_late_by_a_clock_that_is_in_doubt(closed_until, reason):
    verdict = may_receive(
        opens_at=OPENS,
        closes_at=CLOSES,
        submitted_at=None,
        at=CLOSES + SECOND,
        closed_until=closed_until,
    )

    assert (verdict.clause, verdict.reason) == (SUBMISSION, reason)


@pytest.mark.parametrize(("closed_until", "reason"), DOUBT)
def test_nothing_is_withdrawn_after_a_closing_that_is_paused(closed_until, reason):
    verdict = may_withdraw(
        submitted_at=OPENS, closes_at=CLOSES, at=CLOSES + SECOND, closed_until=closed_until
    )

    assert (verdict.clause.id, verdict.reason) == ("K5", reason)


@pytest.mark.parametrize(
    ("submitted_at", "at", "reason"),
    [
        pytest.param(OPENS, CLOSES - SECOND, "", id="just-before-closing"),
        pytest.param(OPENS, CLOSES, "call-has-closed", id="at-closing"),
        pytest.param(None, OPENS, "not-submitted", id="a-draft"),
    ],
)
def test_a_submission_is_withdrawn_until_closing(submitted_at, at, reason):
    verdict = may_withdraw(submitted_at=submitted_at, closes_at=CLOSES, at=at)

    assert (verdict.clause.id, verdict.reason) == ("K5", reason)


@given(at=INSTANTS)
def test_what_was_withdrawn_can_be_sent_again(at):
    withdrawing = may_withdraw(submitted_at=OPENS, closes_at=CLOSES, at=max(at, OPENS))
    sending = may_receive(opens_at=OPENS, closes_at=CLOSES, submitted_at=None, at=max(at, OPENS))

    assert withdrawing.is_refusal == sending.is_refusal


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="eligible"),
        pytest.param(
            {"has_japanese_legal_personality": False},
            "no-japanese-legal-personality",
            id="foreign-body",
        ),
        pytest.param({"has_base_in_japan": False}, "no-base-in-japan", id="no-base"),
        pytest.param({"lives_in_japan": False}, "not-living-in-japan", id="lives-abroad"),
        pytest.param({"unmet_terms": {"team-of-two"}}, "terms-of-call-not-met", id="a-term"),
    ],
)
def test_an_applicant_belongs_to_a_body_in_japan_and_lives_there(facts, reason):
    eligible = {
        "has_japanese_legal_personality": True,
        "has_base_in_japan": True,
        "lives_in_japan": True,
    }

    verdict = may_apply(**eligible | facts)

    assert (verdict.clause.id, verdict.reason) == ("K6", reason)


def test_the_terms_of_a_call_that_are_not_met_are_named():
    verdict = may_apply(
        has_japanese_legal_personality=True,
        has_base_in_japan=True,
        lives_in_japan=True,
        unmet_terms={"two-bodies", "demonstration-site"},
    )

    assert verdict.facts == {"unmet": ("demonstration-site", "two-bodies")}


@pytest.mark.parametrize(
    ("reasons", "reason"),
    [
        pytest.param("", "result-has-no-reasons", id="none"),
        pytest.param(" \n\u3000", "result-has-no-reasons", id="blank"),
        pytest.param("実施内容が具体的です。", "", id="given"),
    ],
)
def test_no_result_goes_out_without_its_reasons(reasons, reason):
    verdict = has_outcome(reasons=reasons)

    assert (verdict.clause.id, verdict.reason) == ("K8", reason)


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

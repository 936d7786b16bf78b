import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.calls.instants import CLOSES, INSTANTS, OPENS, SECOND

from banso.rulebook.calls.receiving import (
    SUBMISSION,
    may_receive,
    may_submit_version,
    may_withdraw,
    missing_parts,
)

NAMES = st.frozensets(st.sampled_from("abcdef"))


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


def test_a_file_at_fault_keeps_the_receipt_back():
    verdict = missing_parts(
        required={"proposal"}, present={"proposal"}, unverified=set(), at_fault={"proposal"}
    )

    assert (verdict.clause.id, verdict.reason) == ("K2", "files-at-fault")
    assert verdict.facts == {"at_fault": ("proposal",)}

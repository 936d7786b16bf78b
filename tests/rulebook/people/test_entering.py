from datetime import UTC, datetime, timedelta

import pytest

from banso.rulebook.people.entering import (
    INVITING,
    LINK_LASTS,
    may_confirm_invitation,
    may_decide_affiliation,
    may_invite,
    may_make_account,
    may_renew_invitation,
    may_use_invitation,
)

SENT = datetime(2027, 4, 1, 3, tzinfo=UTC)
ENDS = SENT + LINK_LASTS
SECOND = timedelta(seconds=1)
AGENCY, MINISTRY, INSTITUTION = "agency-officer", "ministry-officer", "institution-officer"


@pytest.mark.parametrize(
    ("office", "purpose", "reason"),
    [
        pytest.param(AGENCY, "reviewer", "", id="agency-its-reviewer"),
        pytest.param(AGENCY, "program-officer", "", id="agency-its-po"),
        pytest.param(AGENCY, AGENCY, "", id="agency-its-officer"),
        pytest.param(AGENCY, "council-member", "not-invited-by-this-office", id="agency-council"),
        pytest.param(MINISTRY, "council-member", "", id="ministry-its-councils-people"),
        pytest.param(MINISTRY, "reviewer", "not-invited-by-this-office", id="ministry-reviewer"),
        pytest.param(INSTITUTION, "researcher", "", id="institution-its-researcher"),
        pytest.param(INSTITUTION, AGENCY, "not-invited-by-this-office", id="institution-agency"),
        pytest.param("reviewer", "reviewer", "not-invited-by-this-office", id="no-office"),
    ],
)
def test_each_office_invites_its_own_people(office, purpose, reason):
    verdict = may_invite(purpose=purpose, offices={office})

    assert (verdict.clause, verdict.reason) == (INVITING, reason)


def test_the_operator_invites_for_everything():
    verdict = may_invite(purpose="auditor", offices=set(), is_operator=True)

    assert (verdict.clause, verdict.reason) == (INVITING, "")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({"at": SENT}, "", id="at-once"),
        pytest.param({"at": ENDS - SECOND}, "", id="just-before-its-end"),
        pytest.param({"at": ENDS}, "invitation-expired", id="at-its-end"),
        pytest.param({"is_latest_letter": False}, "invitation-replaced", id="an-older-letter"),
        pytest.param({"accepted_at": SENT}, "invitation-accepted", id="used"),
        pytest.param({"withdrawn_at": SENT}, "invitation-withdrawn", id="withdrawn"),
    ],
)
def test_a_link_works_once_until_its_end(facts, reason):
    usable = {
        "accepted_at": None,
        "withdrawn_at": None,
        "ends_at": ENDS,
        "is_latest_letter": True,
        "at": SENT,
    }

    verdict = may_use_invitation(**usable | facts)

    assert (verdict.clause, verdict.reason) == (INVITING, reason)


@pytest.mark.parametrize(
    ("accepted_at", "withdrawn_at", "reason"),
    [
        pytest.param(None, None, "", id="waiting"),
        pytest.param(SENT, None, "invitation-accepted", id="accepted"),
        pytest.param(None, SENT, "invitation-withdrawn", id="withdrawn"),
    ],
)
def test_another_letter_is_sent_while_nobody_came_in(accepted_at, withdrawn_at, reason):
    verdict = may_renew_invitation(accepted_at=accepted_at, withdrawn_at=withdrawn_at)

    assert (verdict.clause, verdict.reason) == (INVITING, reason)


@pytest.mark.parametrize(
    ("purpose", "is_confirmed", "people", "reason"),
    [
        pytest.param(AGENCY, False, {"a", "b"}, "", id="two"),
        pytest.param(AGENCY, False, {"a"}, "invitation-needs-two-people", id="one"),
        pytest.param(AGENCY, True, {"a", "b"}, "invitation-needs-no-confirmation", id="again"),
        pytest.param(
            "reviewer", False, {"a", "b"}, "invitation-needs-no-confirmation", id="reviewer"
        ),
    ],
)
def test_an_office_over_others_is_confirmed_once_by_a_second_person(
    purpose, is_confirmed, people, reason
):
    verdict = may_confirm_invitation(purpose=purpose, is_confirmed=is_confirmed, decided_by=people)

    assert (verdict.clause, verdict.reason) == (INVITING, reason)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="waiting"),
        pytest.param({"is_own": True}, "affiliation-of-oneself", id="own"),
        pytest.param({"confirmed_at": SENT}, "affiliation-already-answered", id="confirmed"),
        pytest.param({"refused_at": SENT}, "affiliation-already-answered", id="refused"),
    ],
)
def test_an_affiliation_is_answered_once_by_somebody_else(facts, reason):
    waiting = {"confirmed_at": None, "refused_at": None, "is_own": False}

    verdict = may_decide_affiliation(**waiting | facts)

    assert (verdict.clause, verdict.reason) == (INVITING, reason)


@pytest.mark.parametrize(
    ("has_account", "reason"), [(False, ""), (True, "address-has-an-account")]
)
def test_an_address_has_one_account(has_account, reason):
    verdict = may_make_account(has_account=has_account)

    assert (verdict.clause, verdict.reason) == (INVITING, reason)

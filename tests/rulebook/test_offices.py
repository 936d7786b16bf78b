"""Boundaries of who gives which office, who stands in for whom, and when records are merged."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banso.rulebook.offices import (
    APPOINTING,
    DEPUTIES,
    DONE_BY_ONESELF,
    GIVEN_BY,
    HELD_FOR,
    ONE_RECORD,
    TAKES_TWO,
    may_act_for_another,
    may_appoint,
    may_import,
    may_keep_number,
    may_merge,
    may_name_deputy,
)

AOI, BAN, CHIKA = "aoi", "ban", "chika"
AGENCY = frozenset({"funding-agency"})
FIRST = date(2027, 4, 1)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({}, "", id="two-people-for-an-officer"),
        pytest.param(
            {"decided_by": {BAN}}, "appointment-needs-two-people", id="one-person-for-an-officer"
        ),
        pytest.param(
            {"decided_by": {BAN}, "is_at_console": True}, "", id="the-operator-at-the-console"
        ),
        pytest.param(
            {"decided_by": {BAN}, "role": "program-officer"}, "", id="one-person-for-a-po"
        ),
        pytest.param(
            {"decided_by": {BAN}, "role": "reviewer"}, "", id="one-person-for-a-reviewer"
        ),
        pytest.param({"decided_by": {AOI, BAN}}, "appointed-by-oneself", id="oneself-among-them"),
        pytest.param(
            {"decided_by": {AOI}, "role": "reviewer"}, "appointed-by-oneself", id="oneself"
        ),
        pytest.param(
            {"body_kinds": {"company"}}, "role-not-of-this-body", id="body-of-another-kind"
        ),
        pytest.param(
            {"body_kinds": {"company", "funding-agency"}}, "", id="body-of-several-kinds"
        ),
        pytest.param({"body_kinds": set()}, "role-not-of-this-body", id="no-body"),
        pytest.param({"role": "operator", "body_kinds": set()}, "", id="operator-for-no-body"),
        pytest.param({"role": "operator"}, "role-not-of-this-body", id="operator-for-a-body"),
    ],
)
def test_who_is_appointed_by_whom(change, reason):
    facts = {
        "role": "agency-officer",
        "body_kinds": AGENCY,
        "person": AOI,
        "decided_by": {BAN, CHIKA},
    }

    verdict = may_appoint(**(facts | change))

    assert (verdict.clause, verdict.reason) == (APPOINTING, reason)


@given(role=st.sampled_from(sorted(HELD_FOR)), person=st.integers(), others=st.sets(st.integers()))
def test_nobody_ever_appoints_themselves(role, person, others):
    verdict = may_appoint(
        role=role, body_kinds=HELD_FOR[role], person=person, decided_by={person, *others}
    )

    assert (verdict.clause, verdict.reason) == (APPOINTING, "appointed-by-oneself")


def test_every_role_is_known_to_be_given_alone_or_by_two():
    assert set(HELD_FOR) - TAKES_TWO == {"program-director", "program-officer", "reviewer"}
    assert frozenset().union(*GIVEN_BY.values()) < set(HELD_FOR)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({}, "", id="a-colleague-for-a-month"),
        pytest.param({"until_on": FIRST + timedelta(days=366)}, "", id="a-year"),
        pytest.param(
            {"until_on": FIRST + timedelta(days=367)}, "deputy-for-too-long", id="a-day-more"
        ),
        pytest.param({"deputy": AOI}, "deputy-for-oneself", id="oneself"),
        pytest.param(
            {"offices": {"reviewer", "auditor"}},
            "no-office-to-deputise",
            id="offices-of-judgement",
        ),
        pytest.param({"offices": set()}, "no-office-to-deputise", id="no-office"),
        pytest.param({"is_of_the_body": False}, "deputy-of-another-body", id="of-another-body"),
    ],
)
def test_who_stands_in_for_whom(change, reason):
    facts = {
        "person": AOI, "deputy": BAN, "offices": {"institution-officer"}, "is_of_the_body": True,
        "from_on": FIRST, "until_on": FIRST + timedelta(days=30),
    }  # fmt: skip

    verdict = may_name_deputy(**(facts | change))

    assert (verdict.clause, verdict.reason) == (DEPUTIES, reason)


@pytest.mark.parametrize("act", sorted(DONE_BY_ONESELF))
def test_what_is_ones_own_is_never_done_for_another(act):
    verdict = may_act_for_another(act=act)

    assert (verdict.clause, verdict.reason) == (DEPUTIES, "not-done-for-another")


def test_an_act_of_an_office_is_done_for_another():
    verdict = may_act_for_another(act="proposals.approve_proposal")

    assert (verdict.clause, verdict.reason) == (DEPUTIES, "")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({}, "", id="two-people"),
        pytest.param({"decided_by": {BAN}}, "merging-needs-two-people", id="one-person"),
        pytest.param({"decided_by": None}, "", id="proposed"),
        pytest.param({"gone": AOI}, "merged-into-itself", id="itself"),
        pytest.param({"is_merged_already": True}, "record-merged-already", id="already"),
        pytest.param(
            {"shared_places": ("a team",)}, "both-records-in-one-place", id="both-in-one-team"
        ),
    ],
)
def test_when_two_records_become_one(change, reason):
    facts = {
        "kept": AOI,
        "gone": "aoi-again",
        "is_merged_already": False,
        "decided_by": {BAN, CHIKA},
    }

    verdict = may_merge(**(facts | change))

    assert (verdict.clause, verdict.reason) == (ONE_RECORD, reason)


@pytest.mark.parametrize(("is_taken", "reason"), [(False, ""), (True, "number-of-another-record")])
def test_a_number_stands_on_one_record(is_taken, reason):
    verdict = may_keep_number(is_taken=is_taken)

    assert (verdict.clause, verdict.reason) == (ONE_RECORD, reason)


@pytest.mark.parametrize(
    ("faults", "taken", "reason"),
    [
        pytest.param(0, 1, "", id="one-row-and-none-wrong"),
        pytest.param(0, 0, "no-row-changes-anything", id="nothing-to-take"),
        pytest.param(1, 5, "rows-to-put-right", id="one-wrong-among-many"),
        pytest.param(1, 0, "rows-to-put-right", id="one-wrong-alone"),
    ],
)
def test_a_table_is_taken_whole_or_not_at_all(faults, taken, reason):
    verdict = may_import(faults=faults, taken=taken)

    assert (verdict.clause, verdict.reason) == (ONE_RECORD, reason)
    assert dict(verdict.facts) == ({"faults": faults} if faults else {})

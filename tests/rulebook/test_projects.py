from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banso.rulebook.projects import (
    COUNCIL_GROUNDS,
    TEAM_CHANGE_GROUNDS,
    may_change_team,
    may_end_request,
    may_request_team_change,
    missing_measures,
)

SEEN = datetime(2027, 6, 1, tzinfo=UTC)
BILLION = 1_000_000_000
GROUNDS = st.sampled_from(sorted(TEAM_CHANGE_GROUNDS | COUNCIL_GROUNDS)) | st.text()


def test_no_freedom_of_a_council_is_a_ground_on_the_list():
    assert not TEAM_CHANGE_GROUNDS & COUNCIL_GROUNDS


def test_the_freedoms_are_those_that_the_program_names():
    assert {
        "did-not-join-council",
        "left-council",
        "declined-information",
        "refused-withholding",
        "consulted",
        "checked-manuscript",
    } == COUNCIL_GROUNDS


@pytest.mark.parametrize("ground", sorted(COUNCIL_GROUNDS))
@pytest.mark.parametrize("seen_at", [None, SEEN])
def test_using_a_councils_freedom_is_no_ground_for_changing_a_team(ground, seen_at):
    request = may_request_team_change(ground=ground)
    change = may_change_team(ground=ground, seen_by_person_at=seen_at)

    assert (request.clause.id, request.reason) == ("C5", "ground-is-a-council-freedom")
    assert change == request


@pytest.mark.parametrize("ground", sorted(TEAM_CHANGE_GROUNDS))
def test_a_ground_on_the_list_changes_the_team_once_the_person_has_seen_it(ground):
    verdict = may_change_team(ground=ground, seen_by_person_at=SEEN)

    assert (verdict.clause.id, verdict.reason) == ("G2", "")


@pytest.mark.parametrize("ground", sorted(TEAM_CHANGE_GROUNDS - {"died"}))
def test_a_request_that_the_person_has_not_seen_changes_nothing(ground):
    verdict = may_change_team(ground=ground, seen_by_person_at=None)

    assert (verdict.clause.id, verdict.reason) == ("G2", "not-seen-by-the-person")
    assert not may_request_team_change(ground=ground).is_refusal


def test_a_person_who_died_cannot_have_seen_the_request():
    assert not may_change_team(ground="died", seen_by_person_at=None).is_refusal


@pytest.mark.parametrize(
    ("seen_at", "is_applied", "reason"),
    [
        (None, False, ""),
        (SEEN, False, "request-is-passed-on"),
        (None, True, "request-is-passed-on"),
    ],
)
def test_the_person_concerned_ends_a_request_until_it_is_passed_on(seen_at, is_applied, reason):
    verdict = may_end_request(seen_by_person_at=seen_at, is_applied=is_applied)

    assert (verdict.clause.id, verdict.reason) == ("C5", reason)


@pytest.mark.parametrize("ground", sorted(TEAM_CHANGE_GROUNDS))
@pytest.mark.parametrize("seen_at", [None, SEEN])
def test_a_request_that_was_ended_looks_unseen_and_changes_nothing(ground, seen_at):
    verdict = may_change_team(ground=ground, seen_by_person_at=seen_at, has_ended=True)

    assert (verdict.clause.id, verdict.reason) == ("G2", "not-seen-by-the-person")


@pytest.mark.parametrize("ground", ["", "disliked", "Moved", "left-council "])
def test_another_ground_is_refused(ground):
    verdict = may_request_team_change(ground=ground)

    assert (verdict.clause.id, verdict.reason) == ("G2", "ground-not-on-list")


@given(ground=GROUNDS, seen_at=st.none() | st.just(SEEN))
def test_whatever_changes_a_team_has_a_listed_ground(ground, seen_at):
    verdict = may_change_team(ground=ground, seen_by_person_at=seen_at)

    assert verdict.is_refusal or ground in TEAM_CHANGE_GROUNDS


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="named-with-measures"),
        pytest.param({"measures": " "}, "no-measures-against-leaks", id="no-measures"),
        pytest.param(
            {"measures": "", "yearly_amount_yen": 1}, "no-measures-against-leaks", id="small-too"
        ),
        pytest.param(
            {"states_there_is_none": True}, "core-technology-named-and-denied", id="both"
        ),
        pytest.param(
            {"core_technologies": frozenset(), "states_there_is_none": True}, "", id="none-stated"
        ),
        pytest.param(
            {"core_technologies": frozenset()}, "core-technology-not-stated", id="silent-at-amount"
        ),
        pytest.param(
            {"core_technologies": frozenset(), "yearly_amount_yen": BILLION - 1},
            "",
            id="silent-below-amount",
        ),
    ],
)
def test_core_technology_comes_with_measures_or_is_said_to_be_none(facts, reason):
    stated = {
        "core_technologies": frozenset({"quantum sensor"}),
        "measures": "The design files stay on one machine.",
        "states_there_is_none": False,
        "yearly_amount_yen": BILLION,
        "mandatory_from_yen": BILLION,
    }

    verdict = missing_measures(**stated | facts)

    assert (verdict.clause.id, verdict.reason) == ("G4", reason)

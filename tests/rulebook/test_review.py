from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banso.rulebook.review import (
    DEFAULT_CRITERIA,
    NEVER_EXAMINED,
    Collaboration,
    Tie,
    Workplace,
    found_conflict,
    has_outcome,
    may_adopt,
    may_assign,
    may_decide,
    may_examine_on,
    may_examine_security,
    may_learn,
    may_open_content,
)
from banso.rulebook.writing import is_written

SIGNED = datetime(2027, 7, 1, tzinfo=UTC)
SINCE = date(2022, 4, 1)
LABORATORY = Workplace(tie=Tie.SAME_LABORATORY, id="lab")
DEPARTMENT = Workplace(tie=Tie.SAME_DEPARTMENT, id="department")
ORGANISATIONS = st.frozensets(
    st.sampled_from([LABORATORY, DEPARTMENT, "company-a", "company-b", "company-c"])
)
NOTHING_KNOWN = {
    "person_organisations": frozenset(),
    "proposal_organisations": frozenset(),
    "declared": frozenset(),
}


def paper(last_on):
    return Collaboration(tie=Tie.JOINT_AUTHOR, with_person="lead", last_on=last_on)


def joint_project(last_on):
    return Collaboration(tie=Tie.CO_RESEARCHER, with_person="lead", last_on=last_on)


def test_the_ties_are_those_that_the_program_names():
    assert set(Tie) == {
        "kin",
        "same-laboratory",
        "same-department",
        "same-company",
        "co-researcher",
        "joint-author",
        "competitor",
        "other",
    }


def test_nothing_known_and_nothing_declared_is_no_conflict():
    assert found_conflict(**NOTHING_KNOWN) == frozenset()


@pytest.mark.parametrize(
    ("facts", "ties"),
    [
        pytest.param(
            {"person_organisations": {LABORATORY}, "proposal_organisations": {LABORATORY}},
            {"same-laboratory"},
            id="same-laboratory",
        ),
        pytest.param(
            {"person_organisations": {"acme"}, "proposal_organisations": {"acme", "other"}},
            {"same-company"},
            id="same-company-by-its-bare-id",
        ),
        pytest.param(
            {"person_organisations": {LABORATORY}, "proposal_organisations": {DEPARTMENT}},
            set(),
            id="different-places",
        ),
        pytest.param({"declared": {"kin", "other"}}, {"kin", "other"}, id="declared"),
        pytest.param({"is_on_team": True}, {"co-researcher"}, id="on-the-team"),
        pytest.param(
            {"collaborations": [joint_project(date(1999, 1, 1))], "team": {"lead"}},
            {"co-researcher"},
            id="joint-project-of-any-age",
        ),
        pytest.param(
            {"collaborations": [paper(SINCE)], "team": {"lead"}, "joint_authors_since": SINCE},
            {"joint-author"},
            id="paper-of-the-first-day-that-counts",
        ),
        pytest.param(
            {
                "collaborations": [paper(date(2022, 3, 31))],
                "team": {"lead"},
                "joint_authors_since": SINCE,
            },
            set(),
            id="paper-of-the-day-before",
        ),
        pytest.param(
            {"collaborations": [paper(None)], "team": {"lead"}, "joint_authors_since": SINCE},
            {"joint-author"},
            id="paper-without-a-date",
        ),
        pytest.param(
            {"collaborations": [paper(date(1999, 1, 1))], "team": {"lead"}},
            {"joint-author"},
            id="call-without-a-limit",
        ),
        pytest.param(
            {"collaborations": [paper(SINCE)], "team": {"somebody else"}},
            set(),
            id="paper-with-somebody-else",
        ),
    ],
)
def test_a_conflict_is_detected_from_what_is_known_and_declared(facts, ties):
    assert found_conflict(**NOTHING_KNOWN | facts) == ties


def test_a_tie_that_the_program_does_not_know_cannot_be_declared():
    with pytest.raises(ValueError, match="friend"):
        found_conflict(**NOTHING_KNOWN | {"declared": {"friend"}})


@given(own=ORGANISATIONS, theirs=ORGANISATIONS, declared=st.frozensets(st.sampled_from(Tie)))
def test_what_is_declared_is_always_found_and_so_is_what_is_shared(own, theirs, declared):
    found = found_conflict(
        person_organisations=own, proposal_organisations=theirs, declared=declared
    )

    assert found >= declared
    assert bool(found) == bool(declared or own & theirs)


@pytest.mark.parametrize(
    ("conflict", "suggestion", "reason"),
    [
        pytest.param(False, False, "", id="free"),
        pytest.param(True, False, "has-conflict", id="conflict"),
        pytest.param(False, True, "conflict-not-resolved", id="suggested"),
        pytest.param(True, True, "has-conflict", id="both"),
    ],
)
def test_nobody_with_a_conflict_is_assigned(conflict, suggestion, reason):
    verdict = may_assign(has_conflict=conflict, has_unresolved_suggestion=suggestion)

    assert (verdict.clause.id, verdict.reason) == ("V1", reason)


def test_where_nothing_was_suggested_nothing_stays_unresolved():
    assert not may_assign(has_conflict=False).is_refusal


@pytest.mark.parametrize(("conflicted", "reason"), [(False, ""), (True, "has-conflict")])
def test_a_conflicted_person_learns_nothing(conflicted, reason):
    verdict = may_learn(is_conflicted=conflicted)

    assert (verdict.clause.id, verdict.reason) == ("V2", reason)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({}, ("V3", ""), id="pledged-and-declared"),
        pytest.param({"pledged_at": None}, ("V3", "not-pledged"), id="no-pledge"),
        pytest.param({"declared_at": None}, ("V3", "not-declared"), id="no-declaration"),
        pytest.param({"has_conflict": True}, ("V2", "has-conflict"), id="conflict"),
    ],
)
def test_content_opens_after_pledge_and_declaration(facts, expected):
    ready = {"pledged_at": SIGNED, "declared_at": SIGNED, "has_conflict": False}

    verdict = may_open_content(**ready | facts)

    assert (verdict.clause.id, verdict.reason) == expected


@given(pledged_at=st.none() | st.just(SIGNED), declared_at=st.none() | st.just(SIGNED))
def test_no_pledge_opens_a_proposal_to_a_conflicted_person(pledged_at, declared_at):
    verdict = may_open_content(pledged_at=pledged_at, declared_at=declared_at, has_conflict=True)

    assert verdict.reason == "has-conflict"


@pytest.mark.parametrize(
    ("about_to_be_adopted", "merit_submitted", "reason"),
    [
        pytest.param(True, True, "", id="merit-first-then-security"),
        pytest.param(True, False, "merit-not-judged-yet", id="merit-open"),
        pytest.param(False, True, "not-about-to-be-adopted", id="not-adopted"),
        pytest.param(False, False, "merit-not-judged-yet", id="neither"),
    ],
)
def test_security_is_examined_after_merit(about_to_be_adopted, merit_submitted, reason):
    verdict = may_examine_security(
        is_about_to_be_adopted=about_to_be_adopted, merit_submitted=merit_submitted
    )

    assert (verdict.clause.id, verdict.reason) == ("V4", reason)


@given(
    barred=st.frozensets(st.sampled_from(sorted(NEVER_EXAMINED)), min_size=1),
    others=st.frozensets(st.text()),
)
def test_nationality_and_race_are_never_examined_in_whatever_company(barred, others):
    verdict = may_examine_on(grounds=barred | others)

    assert (verdict.clause.id, verdict.reason) == ("V4", "ground-is-nationality-or-race")


@pytest.mark.parametrize(
    ("is_adoption", "is_examined", "reason"),
    [
        pytest.param(True, True, "", id="adopted-after-examination"),
        pytest.param(True, False, "security-not-examined", id="adopted-without-examination"),
        pytest.param(False, False, "", id="not-adopted"),
    ],
)
def test_nothing_is_adopted_without_its_examination(is_adoption, is_examined, reason):
    verdict = may_adopt(is_adoption=is_adoption, is_examined=is_examined)

    assert (verdict.clause.id, verdict.reason) == ("V4", reason)


def test_nationality_and_race_are_on_the_list():
    assert {"nationality", "race"} <= NEVER_EXAMINED


def test_posts_and_foreign_funds_may_be_examined():
    verdict = may_examine_on(grounds=frozenset({"foreign-funds", "other-posts"}))

    assert (verdict.clause.id, verdict.reason) == ("V4", "")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({}, ("V6", ""), id="followed"),
        pytest.param({"decision": "reserve"}, ("V6", ""), id="departure-explained"),
        pytest.param(
            {"decision": "reserve", "reason": " "},
            ("V6", "departure-has-no-reason"),
            id="departure",
        ),
        pytest.param({"reason": ""}, ("K8", "result-has-no-reasons"), id="no-reasons"),
        pytest.param({"recommendation": None}, ("V6", "no-recommendation"), id="no-panel"),
    ],
)
def test_the_agency_decides_on_the_panels_recommendation(facts, expected):
    followed = {"recommendation": "adopted", "decision": "adopted", "reason": "Strong plan."}

    verdict = may_decide(**followed | facts)

    assert (verdict.clause.id, verdict.reason) == expected


@given(
    recommendation=st.none() | st.sampled_from(["adopted", "reserve", "not-adopted"]),
    decision=st.sampled_from(["adopted", "reserve", "not-adopted"]),
    reason=st.text(),
)
def test_every_decision_has_a_recommendation_and_a_reason(recommendation, decision, reason):
    verdict = may_decide(recommendation=recommendation, decision=decision, reason=reason)

    assert verdict.is_refusal != (recommendation is not None and is_written(reason))


def test_a_call_without_criteria_has_the_two_of_the_program():
    assert DEFAULT_CRITERIA == ("feasibility-of-use", "soundness-of-the-work")


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

import inspect
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banso.rulebook.councils import (
    ANSWERS,
    BEYOND_A_COUNCIL,
    EXCEPTIONS,
    FREEDOMS,
    USED_OTHERWISE,
    council_may_agree,
    counts_in_evaluation,
    may_agree,
    may_answer,
    may_change_by_council,
    may_establish,
    may_join,
    may_leave,
    may_reach_evaluation,
    may_represent,
    may_show_evidence,
)

RECORDED = datetime(2027, 4, 1, tzinfo=UTC)
BOTH = {"fund-minister", "prime-minister"}
FUND = {
    "kind": "63-4",
    "has_representative": True,
    "representative_consented_at": None,
    "prior_consultation_at": None,
    "organisers": BOTH,
}
CONSENT = {
    "kind": "62-1",
    "has_representative": True,
    "representative_consented_at": RECORDED,
    "prior_consultation_at": RECORDED,
}


@pytest.mark.parametrize(
    ("facts", "reason", "shown"),
    [
        pytest.param(FUND, "", {}, id="fund-council"),
        pytest.param(CONSENT, "", {}, id="council-by-consent"),
        pytest.param(
            FUND | {"organisers": {"fund-minister"}},
            "organisers-missing",
            {"missing": ("prime-minister",)},
            id="fund-council-with-one-organiser",
        ),
        pytest.param(
            FUND | {"organisers": set()},
            "organisers-missing",
            {"missing": ("fund-minister", "prime-minister")},
            id="fund-council-without-organisers",
        ),
        pytest.param(
            FUND | {"has_representative": False}, "no-representative", {}, id="nobody-represents"
        ),
        pytest.param(
            CONSENT | {"has_representative": False}, "no-representative", {}, id="nobody-consents"
        ),
        pytest.param(
            CONSENT | {"representative_consented_at": None},
            "no-consent-of-representative",
            {},
            id="no-consent",
        ),
        pytest.param(
            CONSENT | {"prior_consultation_at": None},
            "no-prior-consultation",
            {},
            id="no-consultation",
        ),
        pytest.param(
            FUND | {"has_other_council": True}, "concept-has-a-council", {}, id="a-further-council"
        ),
        pytest.param(
            FUND | {"has_other_council": True, "reason_for_another": "two separate fields"},
            "",
            {},
            id="a-further-council-with-reason",
        ),
    ],
)
def test_a_council_starts_with_what_its_kind_needs(facts, reason, shown):
    verdict = may_establish(**facts)

    assert (verdict.clause.id, verdict.reason, verdict.facts) == ("C1", reason, shown)


def test_there_is_no_third_kind_of_council():
    with pytest.raises(ValueError, match="'64-1'"):
        may_establish(**CONSENT | {"kind": "64-1"})


@pytest.mark.parametrize(
    ("role", "leads", "reason"),
    [
        pytest.param("program-director", False, "", id="director"),
        pytest.param("program-officer", False, "", id="officer"),
        pytest.param("lead", True, "", id="lead-of-an-adopted-project"),
        pytest.param("lead", False, "neither-director-nor-lead", id="lead-elsewhere"),
        pytest.param("agency-officer", False, "neither-director-nor-lead", id="agency-officer"),
        pytest.param("", False, "neither-director-nor-lead", id="nobody"),
    ],
)
def test_a_director_or_a_lead_represents_the_research(role, leads, reason):
    verdict = may_represent(role=role, leads_adopted_project_of_concept=leads)

    assert (verdict.clause.id, verdict.reason) == ("C2", reason)


@pytest.mark.parametrize(
    ("in_office", "reason"), [(True, ""), (False, "no-representative-in-office")]
)
def test_without_representative_a_council_agrees_on_nothing(in_office, reason):
    verdict = council_may_agree(representative_in_office=in_office)

    assert (verdict.clause.id, verdict.reason) == ("C2", reason)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="invited-and-willing"),
        pytest.param({"consents_for_self": False}, "consent-for-another", id="for-another"),
        pytest.param({"invited_at": None}, "not-invited", id="not-invited"),
        pytest.param({"already_member": True}, "already-a-member", id="member-already"),
    ],
)
def test_a_person_joins_by_their_own_consent(facts, reason):
    willing = {"invited_at": RECORDED, "consents_for_self": True, "already_member": False}

    verdict = may_join(**willing | facts)

    assert (verdict.clause.id, verdict.reason) == ("C3", reason)


@given(invited_at=st.none() | st.just(RECORDED), already_member=st.booleans())
def test_nobody_ever_consents_for_another(invited_at, already_member):
    verdict = may_join(
        invited_at=invited_at, consents_for_self=False, already_member=already_member
    )

    assert verdict.reason == "consent-for-another"


def test_a_member_may_always_leave_and_no_other_fact_is_asked():
    assert may_leave(is_member=True).reason == ""
    assert may_leave(is_member=False).reason == "not-a-member"
    assert list(inspect.signature(may_leave).parameters) == ["is_member"]


@pytest.mark.parametrize("fact", sorted(FREEDOMS | USED_OTHERWISE | EXCEPTIONS.keys()))
def test_what_is_protected_never_reaches_evaluation(fact):
    verdict = may_reach_evaluation(fact=fact)

    assert (verdict.clause.id, verdict.reason) == ("C5", "fact-is-protected")


@given(
    fact=st.sampled_from(sorted(FREEDOMS | USED_OTHERWISE | EXCEPTIONS.keys())),
    exception=st.sampled_from(sorted(EXCEPTIONS.values())),
)
def test_an_exception_shows_its_own_facts_and_no_others(fact, exception):
    verdict = may_reach_evaluation(fact=fact, exception=exception)

    assert verdict.is_refusal != (EXCEPTIONS.get(fact) == exception)


def test_there_are_four_exceptions_and_no_other():
    assert set(EXCEPTIONS.values()) == {
        "room-of-own-council",
        "consultation-put-to-them",
        "state-of-a-withholding",
        "yearly-figures",
    }


def test_the_room_shows_members_of_today_and_one_number_only():
    shown = {fact for fact, place in EXCEPTIONS.items() if place == "room-of-own-council"}

    assert shown == {"is-member-today", "accepted-count"}


@pytest.mark.parametrize("fact", ["report-accepted", "score", "answer-to-agreed-item"])
def test_facts_of_the_research_itself_do_reach_evaluation(fact):
    assert not may_reach_evaluation(fact=fact).is_refusal


@pytest.mark.parametrize("target", sorted(BEYOND_A_COUNCIL))
def test_a_council_does_not_manage(target):
    verdict = may_change_by_council(target=target)

    assert (verdict.clause.id, verdict.reason) == ("C6", "council-does-not-manage")


def test_plan_budget_team_and_score_are_beyond_a_council():
    assert {"plan", "budget", "team", "score"} <= BEYOND_A_COUNCIL


@pytest.mark.parametrize("target", ["agenda", "bylaws", "minutes", "agreed-item"])
def test_a_council_runs_its_own_house(target):
    assert not may_change_by_council(target=target).is_refusal


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({}, ("C7", ""), id="agreed"),
        pytest.param(
            {"representative_in_office": False},
            ("C2", "no-representative-in-office"),
            id="nobody-represents",
        ),
        pytest.param(
            {"carries_label": True}, ("C7", "agreed-item-carries-a-label"), id="labelled"
        ),
        pytest.param(
            {"names_project_of_another_concept": True},
            ("C1", "project-of-another-concept"),
            id="another-concept",
        ),
    ],
)
def test_an_agreed_item_is_free_of_labels_and_for_its_own_concept(facts, expected):
    verdict = may_agree(**{"representative_in_office": True} | facts)

    assert (verdict.clause.id, verdict.reason) == expected


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="answered"),
        pytest.param({"is_research_side": False}, "not-of-the-research-side", id="needs-side"),
        pytest.param({"already_answered": True}, "already-answered", id="answered-before"),
        pytest.param({"answer": "approve"}, "answer-not-on-list", id="approval"),
        pytest.param({"reason": "\u3000"}, "answer-has-no-reason", id="no-reason"),
    ],
)
def test_the_research_side_answers_with_a_reason(facts, reason):
    answered = {"answer": "not-adopt", "reason": "No ship time left.", "is_research_side": True}

    verdict = may_answer(**answered | facts)

    assert (verdict.clause.id, verdict.reason) == ("C7", reason)


@pytest.mark.parametrize("answer", sorted(ANSWERS))
def test_the_research_side_is_free_in_its_answer(answer):
    assert not may_answer(answer=answer, reason="Because.", is_research_side=True).is_refusal


@pytest.mark.parametrize(("answered", "reason"), [(True, ""), (False, "not-answered-yet")])
def test_evidence_follows_the_answer(answered, reason):
    verdict = may_show_evidence(is_answered=answered)

    assert (verdict.clause.id, verdict.reason) == ("C7", reason)


@pytest.mark.parametrize("took_part", [True, False])
def test_an_answer_counts_where_the_research_side_took_part(took_part):
    assert counts_in_evaluation(research_side_took_part=took_part) is took_part

import inspect
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banso.rulebook.results.withholding import (
    DEFAULT_OPENNESS,
    MATURITIES,
    Stance,
    is_too_late_to_answer,
    lapses,
    may_be_asked_for,
    may_publish,
    may_request_withholding,
    may_respond,
    may_take_request_back,
    publication_effect,
)

DAY = timedelta(days=1)
STARTS = date(2027, 4, 1)
REVIEW = date(2028, 4, 1)
ENDS = date(2029, 4, 1)
DATES = st.dates(date(2026, 1, 1), date(2031, 1, 1))


def test_a_result_is_open_by_default():
    assert DEFAULT_OPENNESS == "open"


def test_publication_is_always_allowed_because_the_rule_takes_no_facts():
    verdict = may_publish()

    assert (verdict.clause.id, verdict.reason) == ("R2", "")
    assert not inspect.signature(may_publish).parameters


@pytest.mark.parametrize("state", ["open", "ended", "in-force"])
def test_publishing_the_part_ends_a_withholding_in_any_state(state):
    assert publication_effect(state) == "ended"


@pytest.mark.parametrize("state", ["open", "ended", "in-force"])
def test_publishing_the_rest_leaves_the_withholding_as_it_is(state):
    assert publication_effect(state, is_the_part_published=False) == state


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="consents"),
        pytest.param({"response": "refused"}, "", id="refuses"),
        pytest.param({"response": "withdrew", "stance": "consented"}, "", id="takes-back"),
        pytest.param({"response": "withdrew"}, "no-consent-to-take-back", id="nothing-to-take"),
        pytest.param({"for_self": False}, "answer-for-another", id="for-another"),
        pytest.param({"in_office": False}, "not-in-office", id="left"),
        pytest.param({"state": "ended"}, "request-is-closed", id="ended"),
        pytest.param({"state": "in-force"}, "request-is-closed", id="in-force"),
        pytest.param({"state": "in-force", "under_review": True}, "", id="under-review"),
        pytest.param(
            {"state": "ended", "under_review": True}, "request-is-closed", id="ended-in-review"
        ),
        pytest.param({"has_text_changed": True}, "text-has-changed", id="another-text"),
        pytest.param(
            {"state": "in-force", "response": "withdrew", "stance": "consented"},
            "request-is-closed",
            id="taken-back-too-late",
        ),
    ],
)
def test_a_member_in_office_answers_until_it_takes_effect(facts, reason):
    asked = {
        "response": Stance.CONSENTED,
        "stance": Stance.SILENT,
        "state": "open",
        "in_office": True,
        "for_self": True,
    }

    verdict = may_respond(**asked | facts)

    assert (verdict.clause.id, verdict.reason) == ("R5", reason)


@given(stance=st.sampled_from(Stance), state=st.sampled_from(["open", "ended", "in-force"]))
def test_whoever_consented_takes_it_back_exactly_while_it_is_open(stance, state):
    verdict = may_respond(
        response=Stance.WITHDREW, stance=stance, state=state, in_office=True, for_self=True
    )

    assert verdict.is_refusal != (stance == "consented" and state == "open")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="a-member-ministry"),
        pytest.param({"requester_kind": "company"}, "requester-not-a-ministry", id="a-company"),
        pytest.param(
            {"requester_kind": "funding-agency"}, "requester-not-a-ministry", id="the-agency"
        ),
        pytest.param({"requester_is_member": False}, "requester-not-a-member", id="an-outsider"),
        pytest.param({"is_published": True}, "already-published", id="published"),
        pytest.param({"has_another_request": True}, "another-request-stands", id="a-second"),
        pytest.param(
            {"clear_diversion": "x" * 19}, "diversion-or-effect-not-stated", id="unclear"
        ),
        pytest.param({"grave_effect": "x" * 19}, "diversion-or-effect-not-stated", id="light"),
        pytest.param(
            {"maturity": "low", "has_foreseen_concern": False},
            "low-maturity-and-no-concern",
            id="immature",
        ),
        pytest.param({"maturity": "low"}, "", id="immature-but-of-concern"),
        pytest.param({"has_foreseen_concern": False}, "", id="mature-without-concern"),
        pytest.param({"has_foreseen_concern": None}, "", id="mature-with-concern-not-recorded"),
        pytest.param({"maturity": None}, "", id="of-concern-with-maturity-not-recorded"),
        pytest.param(
            {"maturity": None, "has_foreseen_concern": None},
            "maturity-or-concern-not-recorded",
            id="nothing-recorded",
        ),
        pytest.param(
            {"maturity": None, "has_foreseen_concern": False},
            "maturity-or-concern-not-recorded",
            id="no-concern-and-maturity-not-recorded",
        ),
        pytest.param(
            {"maturity": "low", "has_foreseen_concern": None},
            "maturity-or-concern-not-recorded",
            id="immature-and-concern-not-recorded",
        ),
        pytest.param(
            {"maturity": "ripe", "has_foreseen_concern": False},
            "maturity-or-concern-not-recorded",
            id="a-maturity-that-nobody-defined",
        ),
    ],
)
def test_a_member_ministry_asks_about_the_unpublished_and_never_on_a_hunch(facts, reason):
    grave = {
        "requester_kind": "ministry",
        "requester_is_member": True,
        "is_published": False,
        "clear_diversion": "x" * 20,
        "grave_effect": "x" * 20,
        "maturity": "high",
        "has_foreseen_concern": True,
    }

    verdict = may_request_withholding(**grave | facts)

    assert (verdict.clause.id, verdict.reason) == ("R6", reason)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="nothing-in-the-way"),
        pytest.param({"is_published": True}, "already-published", id="published"),
        pytest.param({"has_another_request": True}, "another-request-stands", id="a-second"),
        pytest.param(
            {"maturity": "low", "has_foreseen_concern": False},
            "low-maturity-and-no-concern",
            id="immature",
        ),
        pytest.param({"maturity": None}, "maturity-or-concern-not-recorded", id="not-recorded"),
    ],
)
def test_what_bars_a_request_is_known_before_a_word_is_written(facts, reason):
    free = {
        "is_published": False,
        "has_another_request": False,
        "maturity": "high",
        "has_foreseen_concern": False,
    }

    verdict = may_be_asked_for(**free | facts)

    assert (verdict.clause.id, verdict.reason) == ("R6", reason)


@pytest.mark.parametrize(
    ("state", "reason"), [("open", ""), ("in-force", ""), ("ended", "request-has-ended")]
)
def test_whoever_asked_takes_the_request_back_until_it_has_ended(state, reason):
    verdict = may_take_request_back(state=state)

    assert (verdict.clause.id, verdict.reason) == ("R6", reason)


@given(
    facts=st.fixed_dictionaries(
        {
            "requester_kind": st.sampled_from(["ministry", "company", "institution"]),
            "requester_is_member": st.booleans(),
            "clear_diversion": st.text(),
            "grave_effect": st.text(),
            "maturity": st.none() | st.sampled_from(sorted(MATURITIES)),
            "has_foreseen_concern": st.none() | st.booleans(),
        }
    )
)
def test_a_published_result_is_never_asked_to_be_withheld(facts):
    assert may_request_withholding(**facts, is_published=True).is_refusal


@pytest.mark.parametrize(
    ("on", "renewed", "is_open_again"),
    [
        pytest.param(REVIEW - DAY, False, False, id="before-the-review"),
        pytest.param(REVIEW, False, True, id="review-without-all-consenting"),
        pytest.param(REVIEW, True, False, id="renewed-by-all"),
        pytest.param(ENDS - DAY, True, False, id="last-day"),
        pytest.param(ENDS, True, True, id="the-end-comes-in-any-case"),
    ],
)
def test_a_withholding_lapses_at_its_review_or_at_its_end(on, renewed, is_open_again):
    assert lapses(ends_on=ENDS, review_on=REVIEW, renewed_by_all=renewed, on=on) is is_open_again


@given(
    facts=st.fixed_dictionaries(
        {"ends_on": DATES, "review_on": DATES, "renewed_by_all": st.booleans()}
    ),
    on=DATES,
)
def test_what_has_lapsed_stays_open_without_anyone_acting(facts, on):
    if lapses(**facts, on=on):
        assert lapses(**facts, on=on + DAY)
    assert lapses(**facts, on=max(facts["ends_on"], on))


@pytest.mark.parametrize(("days", "is_over"), [(-1, False), (0, False), (1, True)])
def test_the_last_day_to_answer_still_counts(days, is_over):
    assert is_too_late_to_answer(answer_by_on=REVIEW, on=REVIEW + days * DAY) is is_over

"""A refusal becomes a sentence in the reader's words, with its clause."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.utils.translation import gettext_lazy, override

from banso.rulebook.verdicts import Clause
from banso.web.explanations import (
    NOTHING_REFUSED,
    Explanation,
    UnknownReasonError,
    explain,
    shown,
)

K1 = Clause("K1")
NOON = datetime(2027, 5, 31, 3, 0, tzinfo=UTC)
REFUSALS = {
    "call-has-closed": "This call closed on %(closes_at)s and takes no more.",
    "too-much": "The budget of %(asked_yen)s is above %(most_yen)s for %(years)s years.",
    "not-yet": lambda facts: f"It opens in {facts['days']} days.",
    "translated": gettext_lazy("Submit"),
}


@pytest.fixture(autouse=True)
def sentences(monkeypatch):
    front = SimpleNamespace(refusals=REFUSALS)
    monkeypatch.setattr("banso.web.explanations.fronts", lambda: {"calls": front})


@pytest.mark.convention("P6")
def test_a_refusal_names_instant_and_clause():
    verdict = K1.refuse("call-has-closed", closes_at=NOON)

    with override("en"):
        explanation = explain(verdict, decided_by="JST")

    assert explanation == Explanation(
        sentence="This call closed on 31 May 2027, 12:00 JST and takes no more.",
        clause_id="K1",
        clause_address="/en/rules/K1/",
        decided_by="JST",
    )
    assert str(explanation) == (
        "This call closed on 31 May 2027, 12:00 JST and takes no more. (K1)"
    )


@pytest.mark.convention("P6")
def test_facts_are_shown_in_japanese_to_a_japanese_reader():
    verdict = K1.refuse("call-has-closed", closes_at=NOON)

    with override("ja"):
        explanation = explain(verdict)

    assert "2027年5月31日（月）正午 JST" in explanation.sentence
    assert explanation.clause_address == "/rules/K1/"


def test_a_sentence_may_be_written_by_a_function():
    assert explain(K1.refuse("not-yet", days=3)).sentence == "It opens in 3 days."


@pytest.mark.parametrize(
    ("language", "sentence"),
    [pytest.param("ja", "提出", id="japanese"), pytest.param("en", "Submit", id="english")],
)
def test_a_lazy_sentence_speaks_the_readers_language(language, sentence):
    with override(language):
        assert explain(K1.refuse("translated")).sentence == sentence


@pytest.mark.parametrize(
    ("name", "fact", "text"),
    [
        pytest.param("asked_yen", 1_000_000, "1,000,000 yen", id="yen"),
        pytest.param("count", 1_000, "1,000", id="number"),
        pytest.param("starts_on", date(2027, 4, 1), "1 April 2027", id="day"),
        pytest.param("title", "100 %(x)s", "100 %(x)s", id="text-as-it-is"),
    ],
)
def test_a_fact_is_shown_by_its_kind(name, fact, text):
    with override("en"):
        assert shown(name, fact) == text


def test_what_a_person_typed_is_never_taken_for_a_place_in_the_sentence():
    verdict = K1.refuse("call-has-closed", closes_at="%(secret)s")

    assert "%(secret)s" in explain(verdict).sentence


def test_nothing_refused_is_falsy():
    assert explain(K1.allow()) is NOTHING_REFUSED
    assert not NOTHING_REFUSED
    assert str(NOTHING_REFUSED) == ""


def test_a_reason_without_a_sentence_is_a_fault_of_ours():
    with pytest.raises(UnknownReasonError, match=r"new-reason \(K1\)"):
        explain(K1.refuse("new-reason"))

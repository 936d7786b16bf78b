"""A form is answered in one way: done and on, or shown again with what to put right."""

from http import HTTPStatus
from types import SimpleNamespace

import pytest
from django import forms

from banso.rulebook.verdicts import Clause, NotPermitted, RuleRefused
from banso.web.answering import answer, done, sent
from banso.web.explanations import sentence_for
from banso.web.forms import ActForm

HTMX = {"HX-Request": "true"}
K1 = Clause("K1")


class RoundForm(ActForm):
    refused_at = {"call-has-no-round": "round"}

    round = forms.IntegerField()
    note = forms.CharField(required=False)

    def facts(self):
        return {"round_number": self.cleaned_data["round"]}


class Act:
    """A command that remembers what it was asked, and refuses for a reason."""

    def __init__(self, reason=""):
        self.reason = reason
        self.asked = []

    def __call__(self, **facts):
        self.asked.append(facts)
        if self.reason:
            raise RuleRefused(K1.refuse(self.reason))
        return "made"


def answered(request, act):
    return answer(request, RoundForm(sent(request)), act)


@pytest.fixture(autouse=True)
def sentences(monkeypatch):
    front = SimpleNamespace(refusals={"call-has-no-round": "Enter 1.", "too-late": "It closed."})
    monkeypatch.setattr("banso.web.explanations.fronts", lambda: {"calls": front})


def test_a_visit_shows_the_form_and_acts_not(rf):
    act = Act()

    shown = answered(rf.get("/"), act)

    assert (shown.is_done, shown.status, act.asked) == (False, HTTPStatus.OK, [])


def test_a_complete_form_runs_its_command_with_the_forms_own_facts(rf):
    act = Act()

    made = answered(rf.post("/", {"round": "2", "note": "x"}), act)

    assert (made.is_done, made.made, act.asked) == (True, "made", [{"round_number": 2}])


def test_an_empty_post_is_an_answer_too_and_keeps_the_form(rf):
    act = Act()

    refused = answered(rf.post("/", {}), act)

    assert (refused.status, act.asked) == (HTTPStatus.UNPROCESSABLE_ENTITY, [])
    assert set(refused.form.errors) == {"round"}


def test_a_refusal_is_told_at_the_field_that_it_is_about_with_its_clause(rf):
    refused = answered(rf.post("/", {"round": "0", "note": "typed"}), Act("call-has-no-round"))

    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert refused.form.errors["round"] == ["Enter 1. (K1)"]
    assert refused.form["note"].value() == "typed"


def test_a_refusal_about_no_field_is_told_on_top(rf):
    refused = answered(rf.post("/", {"round": "1"}), Act("too-late"))

    assert (refused.refusal.sentence, refused.refusal.clause_id) == ("It closed.", "K1")
    assert refused.form.errors == {}


def test_whoever_may_not_act_is_not_told_about_fields(rf):
    def act(**_facts):
        raise NotPermitted("calls.open_call", "The officers open calls.")

    with pytest.raises(NotPermitted):
        answered(rf.post("/", {"round": "1"}), act)


@pytest.mark.parametrize(
    ("headers", "status", "place"),
    [
        pytest.param({}, HTTPStatus.SEE_OTHER, "Location", id="plain"),
        pytest.param(HTMX, HTTPStatus.OK, "HX-Redirect", id="htmx"),
    ],
)
def test_what_was_done_leads_on(rf, headers, status, place):
    response = done(rf.post("/", headers=headers), "/next/")

    assert (response.status_code, response[place]) == (status, "/next/")
    # So a script tells what was done from a way to sign-in, which is a redirect as well.
    assert response.has_header("Banso-Done") is (place == "HX-Redirect")


def test_a_reason_without_a_sentence_has_none():
    assert sentence_for("no-such-reason") is None

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banso.rulebook.clauses import all_clauses
from banso.rulebook.verdicts import (
    Clause,
    NotPermitted,
    RuleRefused,
    UnknownClauseError,
    Verdict,
    enforce,
    first_refusal,
)

K1 = Clause("K1")
BINDING = [rule.id for rule in all_clauses() if rule.refuses]
GENTLE = [rule.id for rule in all_clauses() if not rule.refuses]
REASONS = st.lists(
    st.text(string.ascii_lowercase + string.digits, min_size=1), min_size=1, max_size=5
).map("-".join)


@given(clause_id=st.text())
def test_only_rules_of_the_program_can_be_cited(clause_id):
    known = {rule.id for rule in all_clauses()}

    if clause_id not in known:
        with pytest.raises(UnknownClauseError):
            Clause(clause_id)


@pytest.mark.assurance("A-108")
@pytest.mark.parametrize("clause", [None, "K1", ""])
def test_a_refusal_without_a_clause_cannot_be_built(clause):
    with pytest.raises(TypeError, match="needs its clause"):
        Verdict(clause=clause, reason="call-has-closed")


@pytest.mark.assurance("A-108")
def test_a_clause_cannot_be_left_out():
    with pytest.raises(TypeError, match="clause"):
        Verdict(reason="call-has-closed")


@given(clause_id=st.sampled_from(BINDING), reason=REASONS)
def test_a_refusal_names_its_clause_its_reason_and_its_facts(clause_id, reason):
    verdict = Clause(clause_id).refuse(reason, closes_at="noon")

    assert verdict.is_refusal
    assert (verdict.clause.id, verdict.reason) == (clause_id, reason)
    assert verdict.facts == {"closes_at": "noon"}


@given(clause_id=st.sampled_from(GENTLE), reason=REASONS)
def test_a_rule_that_never_refuses_is_no_ground_of_a_refusal(clause_id, reason):
    with pytest.raises(ValueError, match="never the ground"):
        Clause(clause_id).refuse(reason)


@pytest.mark.parametrize("clause_id", GENTLE)
def test_such_a_rule_refuses_by_no_other_way_either(clause_id):
    with pytest.raises(ValueError, match="never the ground"):
        Verdict(clause=Clause(clause_id), reason="not-so-fast")


@pytest.mark.parametrize("reason", ["Call has closed.", "call_has_closed", "-closed", "締切"])
def test_a_reason_is_a_kebab_case_fact(reason):
    with pytest.raises(ValueError, match="kebab-case"):
        K1.refuse(reason)


def test_a_refusal_needs_a_reason():
    with pytest.raises(ValueError, match="K1 needs a reason"):
        K1.refuse("")


def test_allowing_names_the_clause_too():
    verdict = K1.allow()

    assert (verdict.clause, verdict.reason, verdict.is_refusal) == (K1, "", False)


def test_equal_answers_are_equal_and_can_be_put_in_a_set():
    assert len({K1.refuse("call-has-closed", at=1), K1.refuse("call-has-closed", at=1)}) == 1
    assert K1.refuse("call-has-closed", at=1) != K1.refuse("call-has-closed", at=2)


def test_facts_do_not_change_after_the_answer():
    facts = {"closes_at": "noon"}
    verdict = Verdict(clause=K1, reason="call-has-closed", facts=facts)

    facts["closes_at"] = "midnight"

    assert verdict.facts == {"closes_at": "noon"}
    with pytest.raises(TypeError):
        verdict.facts["closes_at"] = "midnight"


def test_a_clause_knows_its_record_and_its_days():
    qa_published = date(2023, 4, 14)

    assert Clause("C4").record.basis == ("qa 6",)
    assert Clause("C4").is_in_force(qa_published)
    assert not Clause("C4").is_in_force(date(2023, 4, 13))
    assert str(Clause("C4")) == "C4"


def test_enforcing_stops_at_the_first_refusal():
    allowed, closed, early = K1.allow(), K1.refuse("closed"), K1.refuse("early")

    with pytest.raises(RuleRefused, match=r"closed \(K1\)") as caught:
        enforce(allowed, closed, early)

    assert caught.value.verdict == closed


def test_whoever_is_not_permitted_learns_which_permission_it_takes():
    refused = NotPermitted("proposals.submit_proposal")

    assert (str(refused), refused.permission) == ("proposals.submit_proposal",) * 2


def test_enforcing_what_is_allowed_does_nothing():
    enforce(K1.allow(), Clause("K2").allow())


def test_the_first_refusal_wins_and_else_the_last_permission():
    allowed, permitted, closed = K1.allow(), Clause("K2").allow(), K1.refuse("closed")

    assert first_refusal(allowed, closed, permitted) == closed
    assert first_refusal(allowed, permitted) == permitted

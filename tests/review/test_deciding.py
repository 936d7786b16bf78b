import pytest
from tests.review.factories import (
    DECIDED,
    IN_REVIEW,
    AssessmentFactory,
    AssignmentFactory,
    DecisionFactory,
    ExaminationFactory,
    ExclusionFactory,
)

from banso.ledger.models import Entry
from banso.review.commands.decide_proposal import decide_proposal
from banso.review.commands.examine_security import examine_security
from banso.review.models import Decision, Letter, Proposal, SecurityExamination
from banso.rulebook.verdicts import NotPermitted, RuleRefused


@pytest.fixture
def judged(proposal):
    """The proposal with one assessment of merit."""
    return AssessmentFactory(assignment__proposal=proposal).assignment.proposal


def examine(actor, proposal, measures="入退室を記録します。"):
    return examine_security(actor=actor, proposal_id=proposal.pk, measures=measures, at=IN_REVIEW)


def decide(actor, proposal, **facts):
    wanted = {"recommendation": "adopt", "outcome": "adopt", "reasons": "実現の道筋が明確です。"}
    return decide_proposal(actor=actor, proposal_id=proposal.pk, at=DECIDED, **(wanted | facts))


def test_examining_records_the_measures_and_one_entry(officer, judged):
    examination = examine(officer, judged)

    assert (examination.proposal, examination.measures) == (judged, "入退室を記録します。")
    assert (examination.examined_by_id, examination.examined_at) == (officer.person_id, IN_REVIEW)
    [entry] = Entry.objects.values_list("actor_id", "act", "clause", "at")
    assert entry == (officer.person_id, "review.examine_security", "V4", IN_REVIEW)


def test_until_the_decision_an_examination_may_be_revised(officer, judged):
    examine(officer, judged)

    examine(officer, judged, measures="")

    assert SecurityExamination.objects.get().measures == ""


def test_security_is_not_examined_before_merit(officer, proposal):
    AssignmentFactory(proposal=proposal, pledged_at=IN_REVIEW, declared_at=IN_REVIEW)

    with pytest.raises(RuleRefused, match=r"merit-not-judged-yet \(V4\)"):
        examine(officer, proposal)

    assert not SecurityExamination.objects.exists()
    assert not Entry.objects.exists()


def test_an_assessment_by_a_conflicted_reviewer_is_no_merit(officer, proposal):
    AssessmentFactory(assignment__proposal=proposal, assignment__conflict="kin")

    with pytest.raises(RuleRefused, match="merit-not-judged-yet"):
        examine(officer, proposal)


def test_after_the_decision_security_is_not_examined(officer, judged):
    DecisionFactory(proposal=judged, outcome="not-adopt")

    with pytest.raises(RuleRefused, match=r"not-about-to-be-adopted \(V4\)"):
        examine(officer, judged)

    assert not SecurityExamination.objects.exists()


def test_adopting_decides_and_tells_the_proposers(officer, judged):
    ExaminationFactory(proposal=judged, measures="データの保管場所を分けます。")

    decision = decide(officer, judged)

    assert (decision.outcome, decision.recommendation) == ("adopt", "adopt")
    assert (decision.decided_by_id, decision.decided_at) == (officer.person_id, DECIDED)
    [letter] = Letter.objects.values_list(
        "proposal_id", "outcome", "reasons", "measures", "sent_at"
    )
    assert letter == (
        judged.pk,
        "adopt",
        "実現の道筋が明確です。",
        "データの保管場所を分けます。",
        DECIDED,
    )
    [entry] = Entry.objects.values_list("actor_id", "act", "clause", "at")
    assert entry == (officer.person_id, "review.decide_proposal", "V6", DECIDED)


def test_not_adopting_needs_no_examination_and_asks_no_measures(officer, judged):
    decide(officer, judged, recommendation="not-adopt", outcome="not-adopt")

    assert Letter.objects.values_list("outcome", "measures").get() == ("not-adopt", "")


def test_a_departure_with_its_reason_is_kept_beside_the_decision(officer, judged):
    decide(officer, judged, outcome="reserve", departure_reason="予算の枠を超えます。")

    [kept] = Decision.objects.values_list("recommendation", "outcome", "departure_reason")
    assert kept == ("adopt", "reserve", "予算の枠を超えます。")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, r"security-not-examined \(V4\)", id="adopting-without-examination"),
        pytest.param({"recommendation": ""}, r"no-recommendation \(V6\)", id="no-recommendation"),
        pytest.param(
            {"outcome": "reserve"},
            r"departure-has-no-reason \(V6\)",
            id="departure-without-reason",
        ),
        pytest.param(
            {"outcome": "reserve", "departure_reason": "予算", "reasons": " "},
            r"result-has-no-reasons \(K8\)",
            id="departure-without-reasons-for-the-proposers",
        ),
        pytest.param({"reasons": ""}, r"result-has-no-reasons \(K8\)", id="no-reasons"),
    ],
)
def test_a_decision_that_lacks_something_is_refused_and_nobody_is_told(
    officer, judged, facts, reason
):
    with pytest.raises(RuleRefused, match=reason):
        decide(officer, judged, **facts)

    assert not Decision.objects.exists()
    assert not Letter.objects.exists()
    assert not Entry.objects.exists()


def test_merit_comes_before_any_decision(officer, proposal):
    with pytest.raises(RuleRefused, match=r"merit-not-judged-yet \(V4\)"):
        decide(officer, proposal, recommendation="not-adopt", outcome="not-adopt")

    assert not Decision.objects.exists()


def test_a_proposal_is_decided_once(officer, judged):
    DecisionFactory(proposal=judged, outcome="not-adopt")

    with pytest.raises(Proposal.DoesNotExist):
        decide(officer, judged)

    assert Decision.objects.get().outcome == "not-adopt"


@pytest.mark.parametrize("act", [examine, decide])
def test_the_program_director_reads_and_does_not_decide(director, judged, act):
    with pytest.raises(NotPermitted):
        act(director, judged)

    assert not Entry.objects.exists()


@pytest.mark.parametrize("act", [examine, decide])
def test_an_officer_with_a_conflict_decides_nothing(officer, judged, act):
    ExclusionFactory(proposal=judged, person_id=officer.person_id)

    with pytest.raises(Proposal.DoesNotExist):
        act(officer, judged)

    assert not Entry.objects.exists()

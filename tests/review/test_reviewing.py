import pytest
from django.db import IntegrityError, transaction
from tests.review.factories import (
    DECIDED,
    IN_REVIEW,
    AssessmentFactory,
    AssignmentFactory,
    DecisionFactory,
)

from banso.ledger.models import Entry
from banso.proposals.models import Exclusion
from banso.review.commands.declare_conflict import declare_conflict
from banso.review.commands.pledge_secrecy import pledge_secrecy
from banso.review.commands.submit_assessment import submit_assessment
from banso.review.models import Assessment, Assignment, Proposal
from banso.rulebook.verdicts import NotPermitted, RuleRefused


@pytest.fixture
def assignment(reviewer, proposal):
    return AssignmentFactory(proposal=proposal, person_id=reviewer.person_id)


@pytest.fixture
def opened(reviewer, proposal):
    return AssignmentFactory(
        proposal=proposal,
        person_id=reviewer.person_id,
        pledged_at=IN_REVIEW,
        declared_at=IN_REVIEW,
    )


def assess(reviewer, assignment, at=DECIDED, comment="実現できます。"):
    return submit_assessment(
        actor=reviewer,
        assignment_id=assignment.pk,
        feasibility=4,
        soundness=3,
        comment=comment,
        at=at,
    )


def test_pledging_keeps_the_instant_and_writes_one_entry(reviewer, assignment):
    pledged = pledge_secrecy(actor=reviewer, assignment_id=assignment.pk, at=IN_REVIEW)

    assert pledged.pledged_at == IN_REVIEW
    [entry] = Entry.objects.values_list("actor_id", "act", "clause", "at")
    assert entry == (reviewer.person_id, "review.pledge_secrecy", "V3", IN_REVIEW)


def test_a_second_pledge_does_not_move_the_first(reviewer, assignment):
    pledge_secrecy(actor=reviewer, assignment_id=assignment.pk, at=IN_REVIEW)

    pledged = pledge_secrecy(actor=reviewer, assignment_id=assignment.pk, at=DECIDED)

    assert pledged.pledged_at == IN_REVIEW


def test_declaring_no_conflict_excludes_nobody(reviewer, assignment):
    declared = declare_conflict(actor=reviewer, assignment_id=assignment.pk, at=IN_REVIEW)

    assert (declared.declared_at, declared.conflict) == (IN_REVIEW, "")
    assert not Exclusion.objects.exists()
    [entry] = Entry.objects.values_list("actor_id", "act", "clause", "at")
    assert entry == (reviewer.person_id, "review.declare_conflict", "V1", IN_REVIEW)


def test_declaring_a_conflict_excludes_the_person_in_the_same_act(reviewer, assignment):
    declared = declare_conflict(
        actor=reviewer, assignment_id=assignment.pk, conflict="joint-author", at=IN_REVIEW
    )

    assert (declared.declared_at, declared.conflict) == (IN_REVIEW, "joint-author")
    [exclusion] = Exclusion.objects.values_list("proposal_id", "person_id")
    assert exclusion == (assignment.proposal_id, reviewer.person_id)
    assert Entry.objects.count() == 1


def pledge(actor, assignment):
    return pledge_secrecy(actor=actor, assignment_id=assignment.pk, at=IN_REVIEW)


def declare(actor, assignment):
    return declare_conflict(actor=actor, assignment_id=assignment.pk, at=IN_REVIEW)


@pytest.mark.parametrize("act", [pledge, declare, assess])
def test_nobody_pledges_declares_or_assesses_for_another(officer, opened, act):
    with pytest.raises(NotPermitted):
        act(officer, opened)

    assert not Entry.objects.exists()
    assert not Assessment.objects.exists()


def test_submitting_an_assessment_keeps_it_and_writes_one_entry(reviewer, opened):
    submitted = assess(reviewer, opened)

    assert (submitted.feasibility, submitted.soundness, submitted.comment) == (
        4,
        3,
        "実現できます。",
    )
    assert submitted.submitted_at == DECIDED
    [entry] = Entry.objects.values_list("actor_id", "act", "clause", "at")
    assert entry == (reviewer.person_id, "review.submit_assessment", "V3", DECIDED)


def test_until_the_decision_a_later_assessment_takes_the_place(reviewer, opened):
    assess(reviewer, opened, at=IN_REVIEW)

    assess(reviewer, opened, comment="考え直しました。")

    [kept] = Assessment.objects.values_list("comment", "submitted_at")
    assert kept == ("考え直しました。", DECIDED)


def test_after_the_decision_no_assessment_changes(reviewer, opened):
    AssessmentFactory(assignment=opened, comment="そのまま")
    DecisionFactory(proposal=opened.proposal)

    with pytest.raises(Proposal.DoesNotExist):
        assess(reviewer, opened)

    assert Assessment.objects.get().comment == "そのまま"


@pytest.mark.parametrize(
    ("done", "reason"),
    [
        ({}, "not-pledged"),
        ({"declared_at": IN_REVIEW}, "not-pledged"),
        ({"pledged_at": IN_REVIEW}, "not-declared"),
    ],
)
def test_an_assessment_comes_after_pledge_and_declaration(reviewer, assignment, done, reason):
    Assignment.objects.update(**done) if done else None

    with pytest.raises(RuleRefused, match=rf"{reason} \(V3\)"):
        assess(reviewer, assignment)

    assert not Assessment.objects.exists()
    assert not Entry.objects.exists()


def test_after_a_declared_conflict_nothing_is_left_to_assess(reviewer, opened):
    declare_conflict(actor=reviewer, assignment_id=opened.pk, conflict="kin", at=IN_REVIEW)

    with pytest.raises(Assignment.DoesNotExist):
        assess(reviewer, opened)


def test_the_database_takes_no_score_beyond_five(opened):
    with pytest.raises(IntegrityError), transaction.atomic():
        AssessmentFactory(assignment=opened, feasibility=6)

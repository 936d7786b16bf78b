import datetime

import pytest
from tests.people.factories import AffiliationFactory, AppointmentFactory
from tests.review.factories import (
    CLOSES,
    IN_REVIEW,
    AssignmentFactory,
    ExclusionFactory,
    ProposalFactory,
    TeamMemberFactory,
)

from banso.ledger.models import Entry
from banso.review.commands.assign_reviewer import assign_reviewer
from banso.review.models import Assignment, Proposal
from banso.rulebook.verdicts import NotPermitted, RuleRefused

SECOND = datetime.timedelta(seconds=1)


def test_assigning_asks_the_reviewer_and_writes_one_entry(officer, reviewer, proposal):
    assignment = assign_reviewer(
        actor=officer, proposal_id=proposal.pk, person_id=reviewer.person_id, at=CLOSES
    )

    assert (assignment.proposal, assignment.person_id) == (proposal, reviewer.person_id)
    assert (assignment.assigned_by_id, assignment.assigned_at) == (officer.person_id, CLOSES)
    assert (assignment.pledged_at, assignment.declared_at, assignment.conflict) == (None, None, "")
    [entry] = Entry.objects.values_list("actor_id", "act", "subject_id", "clause", "at")
    assert entry == (officer.person_id, "review.assign_reviewer", str(assignment.pk), "V1", CLOSES)


def in_the_team(reviewer, proposal):
    TeamMemberFactory(proposal=proposal, person_id=reviewer.person_id)


def of_the_institution(reviewer, proposal):
    AffiliationFactory(person_id=reviewer.person_id, organisation=proposal.institution)


def beside_a_team_member(reviewer, proposal):
    shared = AffiliationFactory(person=proposal.lead).organisation
    AffiliationFactory(person_id=reviewer.person_id, organisation=shared)


def beside_one_who_moved_after_submitting(reviewer, proposal):
    moved_on = datetime.date(2027, 6, 1)
    shared = AffiliationFactory(person=proposal.lead, until_on=moved_on).organisation
    AffiliationFactory(person_id=reviewer.person_id, organisation=shared)


def declared_before(reviewer, proposal):
    AssignmentFactory(
        proposal=proposal, person_id=reviewer.person_id, conflict="kin", declared_at=CLOSES
    )
    ExclusionFactory(proposal=proposal, person_id=reviewer.person_id)


def excluded(reviewer, proposal):
    ExclusionFactory(proposal=proposal, person_id=reviewer.person_id)


@pytest.mark.parametrize(
    "arrange",
    [
        in_the_team,
        of_the_institution,
        beside_a_team_member,
        beside_one_who_moved_after_submitting,
        declared_before,
        excluded,
    ],
)
def test_a_known_conflict_is_refused_and_changes_nothing(officer, reviewer, proposal, arrange):
    arrange(reviewer, proposal)
    before = Assignment.objects.count()

    with pytest.raises(RuleRefused, match=r"has-conflict \(V1\)"):
        assign_reviewer(
            actor=officer, proposal_id=proposal.pk, person_id=reviewer.person_id, at=IN_REVIEW
        )

    assert Assignment.objects.count() == before
    assert not Entry.objects.exists()


def test_an_organisation_left_before_the_day_is_no_conflict(officer, reviewer, proposal):
    AffiliationFactory(
        person_id=reviewer.person_id,
        organisation=proposal.institution,
        until_on=datetime.date(2027, 6, 15),
    )

    assignment = assign_reviewer(
        actor=officer, proposal_id=proposal.pk, person_id=reviewer.person_id, at=IN_REVIEW
    )

    assert assignment.person_id == reviewer.person_id


def test_only_the_agency_assigns(director, reviewer, proposal):
    with pytest.raises(NotPermitted, match=r"review\.assign_reviewer"):
        assign_reviewer(
            actor=director, proposal_id=proposal.pk, person_id=reviewer.person_id, at=IN_REVIEW
        )

    assert not Assignment.objects.exists()


def test_before_closing_there_is_nothing_to_judge(officer, reviewer, proposal):
    with pytest.raises(Proposal.DoesNotExist):
        assign_reviewer(
            actor=officer,
            proposal_id=proposal.pk,
            person_id=reviewer.person_id,
            at=CLOSES - SECOND,
        )

    assert not Assignment.objects.exists()


def test_a_draft_is_never_judged(officer, reviewer, call):
    draft = ProposalFactory(call=call, submitted_at=None)

    with pytest.raises(Proposal.DoesNotExist):
        assign_reviewer(
            actor=officer, proposal_id=draft.pk, person_id=reviewer.person_id, at=IN_REVIEW
        )


def test_an_officer_with_a_conflict_finds_no_proposal_to_assign(officer, reviewer, proposal):
    ExclusionFactory(proposal=proposal, person_id=officer.person_id)

    with pytest.raises(Proposal.DoesNotExist):
        assign_reviewer(
            actor=officer, proposal_id=proposal.pk, person_id=reviewer.person_id, at=IN_REVIEW
        )


@pytest.mark.parametrize("scope", ["another concept", "another agency", "ended", "asked already"])
def test_only_reviewers_of_the_call_who_are_not_asked_yet_can_be_assigned(
    officer, proposal, call, scope
):
    appointment = AppointmentFactory(role="reviewer", organisation=call.agency)
    if scope == "another concept":
        appointment.scope_id = ProposalFactory().call.concept_id
    if scope == "another agency":
        appointment.organisation = ProposalFactory().call.agency
    if scope == "ended":
        appointment.until_on = datetime.date(2027, 6, 15)
    if scope == "asked already":
        AssignmentFactory(proposal=proposal, person=appointment.person)
    appointment.save()

    with pytest.raises(type(appointment.person).DoesNotExist):
        assign_reviewer(
            actor=officer,
            proposal_id=proposal.pk,
            person_id=appointment.person_id,
            at=IN_REVIEW,
        )

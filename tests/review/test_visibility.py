"""One world of three proposals, and what each kind of viewer reads of it."""

import pytest
from tests.people.factories import AffiliationFactory, AppointmentFactory, PersonFactory
from tests.review.factories import (
    CLOSES,
    IN_REVIEW,
    AssessmentFactory,
    AssignmentFactory,
    CallFactory,
    DecisionFactory,
    ExaminationFactory,
    ExclusionFactory,
    LetterFactory,
    ProposalFactory,
    ProposalFileFactory,
    TeamMemberFactory,
)

from banso.people.actors import VISITOR
from banso.proposals.models import Proposal
from banso.review.models import (
    Assessment,
    Assignment,
    Decision,
    Letter,
    SecurityExamination,
)
from banso.review.queries.desk import closed_calls, proposals_to_decide, with_judged
from banso.review.queries.letters import letters_for
from banso.review.queries.reviewing import content_for, file_for, reviews_for

OURS, THEIRS, ELSEWHERE = "ours", "theirs", "elsewhere"


@pytest.fixture
def world(call):
    """Two proposals to one call and one to another agency's, each judged to the end."""
    return {
        OURS: judged(ProposalFactory(call=call, title_ja=OURS)),
        THEIRS: judged(ProposalFactory(call=call, title_ja=THEIRS)),
        ELSEWHERE: judged(ProposalFactory(call=CallFactory(), title_ja=ELSEWHERE)),
    }


def judged(proposal):
    TeamMemberFactory(proposal=proposal, person=proposal.lead, role="lead")
    ProposalFileFactory(proposal=proposal)
    assignment = AssignmentFactory(proposal=proposal, pledged_at=IN_REVIEW, declared_at=IN_REVIEW)
    AssessmentFactory(assignment=assignment)
    ExaminationFactory(proposal=proposal)
    DecisionFactory(proposal=proposal)
    LetterFactory(proposal=proposal)
    return proposal


def visitor(world, actor_of):
    return VISITOR


def applicant(world, actor_of):
    return actor_of(world[OURS].lead)


def institution_officer(world, actor_of):
    return actor_of(AppointmentFactory(organisation=world[OURS].institution).person)


def reviewer_of_ours(world, actor_of):
    return actor_of(world[OURS].assignments.get().person)


def agency_officer(world, actor_of):
    appointment = AppointmentFactory(role="agency-officer", organisation=world[OURS].call.agency)
    return actor_of(appointment.person)


def officer_with_a_conflict(world, actor_of):
    officer = agency_officer(world, actor_of)
    ExclusionFactory(proposal=world[THEIRS], person_id=officer.person_id)
    return officer


def officer_of_the_same_organisation(world, actor_of):
    officer = agency_officer(world, actor_of)
    AffiliationFactory(person_id=officer.person_id, organisation=world[THEIRS].institution)
    return actor_of(officer.person_id)


def officer_beside_a_team_member(world, actor_of):
    officer = agency_officer(world, actor_of)
    shared = AffiliationFactory(person=world[THEIRS].lead).organisation
    AffiliationFactory(person_id=officer.person_id, organisation=shared)
    return actor_of(officer.person_id)


def officer_in_the_team(world, actor_of):
    officer = agency_officer(world, actor_of)
    TeamMemberFactory(proposal=world[THEIRS], person_id=officer.person_id)
    return officer


def program_director(world, actor_of):
    call = world[OURS].call
    appointment = AppointmentFactory(
        role="program-director", organisation=call.agency, scope_id=call.concept_id
    )
    return actor_of(appointment.person)


def director_of_the_same_organisation(world, actor_of):
    director = program_director(world, actor_of)
    AffiliationFactory(person_id=director.person_id, organisation=world[THEIRS].institution)
    return actor_of(director.person_id)


def auditor(world, actor_of):
    return actor_of(AppointmentFactory(role="auditor", organisation=None).person)


NOTHING, BOTH = set(), {OURS, THEIRS}
VIEWERS = [
    # viewer, judges, reads assignments and assessments of, reads letters about
    (visitor, NOTHING, NOTHING, NOTHING),
    (applicant, NOTHING, NOTHING, {OURS}),
    (institution_officer, NOTHING, NOTHING, {OURS}),
    (reviewer_of_ours, NOTHING, {OURS}, NOTHING),
    (agency_officer, BOTH, BOTH, BOTH),
    (officer_with_a_conflict, {OURS}, {OURS}, {OURS}),
    (officer_of_the_same_organisation, {OURS}, {OURS}, {OURS}),
    (officer_beside_a_team_member, {OURS}, {OURS}, {OURS}),
    (officer_in_the_team, {OURS}, {OURS}, BOTH),
    (program_director, BOTH, BOTH, BOTH),
    (director_of_the_same_organisation, {OURS}, {OURS}, {OURS}),
    (auditor, NOTHING, NOTHING, NOTHING),
]


def titles(rows, path="proposal__title_ja"):
    return set(rows.values_list(path, flat=True))


@pytest.mark.parametrize(
    ("viewer", "judges", "reads", "letters"),
    [pytest.param(*row, id=row[0].__name__) for row in VIEWERS],
)
def test_each_viewer_reads_exactly_this(world, actor_of, viewer, judges, reads, letters):
    who = viewer(world, actor_of)

    assert titles(Proposal.objects.to_judge(who, at=CLOSES), "title_ja") == judges
    assert titles(Assignment.objects.visible_to(who)) == reads
    assert titles(Assessment.objects.visible_to(who), "assignment__proposal__title_ja") == reads
    assert titles(SecurityExamination.objects.visible_to(who)) == judges
    assert titles(Decision.objects.visible_to(who)) == judges
    assert titles(Letter.objects.visible_to(who)) == letters
    assert len(letters_for(who)) == len(letters)


@pytest.mark.parametrize(
    ("viewer", "judges"), [pytest.param(*row[:2], id=row[0].__name__) for row in VIEWERS]
)
def test_counts_are_of_what_the_viewer_may_know(world, call, actor_of, viewer, judges):
    who = viewer(world, actor_of)

    judged = with_judged(who, list(closed_calls(who, at=CLOSES)), at=CLOSES)
    counted = {one.call.slug: (one.received, one.decided) for one in judged}
    rows = proposals_to_decide(who, call.pk, at=CLOSES)

    runs = bool(who.agencies or who.directs)
    assert counted == ({call.slug: (len(judges), len(judges))} if runs else {})
    assert {(row.title_ja, row.assigned, row.assessed) for row in rows} == {
        (title, 1, 1) for title in judges
    }


@pytest.mark.parametrize(
    ("done", "is_open"),
    [
        ({}, False),
        ({"pledged_at": IN_REVIEW}, False),
        ({"declared_at": IN_REVIEW}, False),
        ({"pledged_at": IN_REVIEW, "declared_at": IN_REVIEW}, True),
        ({"pledged_at": IN_REVIEW, "declared_at": IN_REVIEW, "conflict": "kin"}, False),
    ],
)
def test_content_and_files_open_after_pledge_and_declaration(reviewer, proposal, done, is_open):
    ProposalFileFactory(proposal=proposal)
    task = AssignmentFactory(proposal=proposal, person_id=reviewer.person_id, **done)

    assert content_for(reviewer, task.pk) == (proposal if is_open else None)
    if is_open:
        assert file_for(reviewer, task.pk, "proposal").proposal == proposal
    else:
        with pytest.raises(proposal.files.model.DoesNotExist):
            file_for(reviewer, task.pk, "proposal")


def test_nobody_opens_content_through_the_assignment_of_another(officer, proposal):
    task = AssignmentFactory(proposal=proposal, pledged_at=IN_REVIEW, declared_at=IN_REVIEW)

    assert content_for(officer, task.pk) is None


def test_a_conflict_that_arises_later_takes_even_the_title_away(reviewer, proposal, actor_of):
    task = AssignmentFactory(
        proposal=proposal,
        person_id=reviewer.person_id,
        pledged_at=IN_REVIEW,
        declared_at=IN_REVIEW,
    )
    AffiliationFactory(person_id=reviewer.person_id, organisation=proposal.institution)

    moved = actor_of(reviewer.person_id)

    assert list(reviews_for(moved)) == []
    assert content_for(moved, task.pk) is None


def test_before_closing_nobody_finds_anything_to_judge(world, call, officer):
    early = CLOSES.replace(hour=11)

    assert list(Proposal.objects.to_judge(officer, at=early)) == []
    assert list(closed_calls(officer, at=early)) == []
    assert list(proposals_to_decide(officer, call.pk, at=early)) == []


def test_the_queue_lists_what_is_left_before_what_is_done(reviewer, call):
    done = AssignmentFactory(
        proposal=ProposalFactory(call=call),
        person_id=reviewer.person_id,
        pledged_at=IN_REVIEW,
        declared_at=IN_REVIEW,
    )
    AssessmentFactory(assignment=done)
    for stage in (
        {"pledged_at": IN_REVIEW, "declared_at": IN_REVIEW},
        {"pledged_at": IN_REVIEW},
        {},
    ):
        AssignmentFactory(
            proposal=ProposalFactory(call=call), person_id=reviewer.person_id, **stage
        )
    AssignmentFactory(proposal=ProposalFactory(call=call), person=PersonFactory())

    states = [
        "submitted" if review.is_submitted else review.next_step
        for review in reviews_for(reviewer)
    ]

    assert states[-1] == "submitted"
    assert sorted(states[:-1]) == ["to-assess", "to-declare", "to-pledge"]

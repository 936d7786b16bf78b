import pytest
from tests.people.factories import AppointmentFactory
from tests.projects.factories import ENDS_ON, STARTED, STARTS_ON, ProjectFactory
from tests.review.factories import (
    ExclusionFactory,
    LetterFactory,
    ProposalFactory,
    TeamMemberFactory,
)

from banso.catalogue.models import PublicVersion
from banso.ledger.models import Entry
from banso.projects.commands.start_project import start_project
from banso.projects.models import PlanEdition, Project, ProjectMember
from banso.proposals.models import Proposal
from banso.rulebook.verdicts import NotPermitted


@pytest.fixture
def adopted(db):
    proposal = ProposalFactory(title_ja="海を測る", title_en="Measuring the sea", is_sample=True)
    TeamMemberFactory(proposal=proposal, person=proposal.lead, role="lead")
    LetterFactory(proposal=proposal)
    return proposal


@pytest.fixture
def agency_officer(adopted, actor_of):
    agency = adopted.call.agency
    return actor_of(AppointmentFactory(role="agency-officer", organisation=agency).person)


def start(actor, proposal):
    return start_project(
        actor=actor,
        proposal_id=proposal.pk,
        code="SAMPLE1",
        summary_ja="海を測ります。",
        amount_yen=250_000_000,
        starts_on=STARTS_ON,
        ends_on=ENDS_ON,
        plan_text="試作機を二つ作ります。",
        at=STARTED,
    )


def test_starting_makes_the_project_of_the_proposal_with_its_team_and_plan(
    adopted, agency_officer
):
    colleague = TeamMemberFactory(proposal=adopted).person

    project = start(agency_officer, adopted)

    assert (project.code, project.title_ja, project.title_en) == (
        "SAMPLE1",
        "海を測る",
        "Measuring the sea",
    )
    assert (project.concept, project.agency) == (adopted.call.concept, adopted.call.agency)
    assert (project.institution, project.lead) == (adopted.institution, adopted.lead)
    assert (project.amount_yen, project.is_sample) == (250_000_000, True)
    assert set(ProjectMember.objects.values_list("person_id", "role", "from_on", "until_on")) == {
        (adopted.lead_id, "lead", STARTED.date(), None),
        (colleague.pk, "member", STARTED.date(), None),
    }
    assert PlanEdition.objects.values_list("number", "text", "budget_yen", "agreed_at").get() == (
        1,
        "試作機を二つ作ります。",
        250_000_000,
        STARTED,
    )


def test_starting_writes_one_entry_and_changes_the_public_version(adopted, agency_officer):
    version = PublicVersion.objects.current()

    project = start(agency_officer, adopted)

    [entry] = Entry.objects.values_list("actor_id", "act", "subject_id", "clause", "at")
    assert entry == (
        agency_officer.person_id,
        "projects.start_project",
        str(project.pk),
        "G1",
        STARTED,
    )
    assert PublicVersion.objects.current() == version + 1


@pytest.mark.parametrize("outcome", ["reserve", "not-adopt"])
def test_only_an_adopted_proposal_becomes_a_project(adopted, agency_officer, outcome):
    type(adopted.letter).objects.update(outcome=outcome)

    with pytest.raises(Proposal.DoesNotExist):
        start(agency_officer, adopted)

    assert not Project.objects.exists()
    assert not Entry.objects.exists()


def test_a_proposal_becomes_one_project(adopted, agency_officer):
    ProjectFactory(proposal=adopted)

    with pytest.raises(Proposal.DoesNotExist):
        start(agency_officer, adopted)

    assert Project.objects.count() == 1


def test_the_program_director_does_not_start_projects(adopted, actor_of):
    appointment = AppointmentFactory(
        role="program-director",
        organisation=adopted.call.agency,
        scope_id=adopted.call.concept_id,
    )

    with pytest.raises(NotPermitted, match=r"projects\.start_project"):
        start(actor_of(appointment.person), adopted)

    assert not Project.objects.exists()


def test_an_officer_with_a_conflict_finds_nothing_to_start(adopted, agency_officer):
    ExclusionFactory(proposal=adopted, person_id=agency_officer.person_id)

    with pytest.raises(Proposal.DoesNotExist):
        start(agency_officer, adopted)

    assert not Project.objects.exists()

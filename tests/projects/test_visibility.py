"""One world of two projects, and what each kind of viewer reads of their inside."""

import pytest
from tests.people.factories import AppointmentFactory
from tests.projects.factories import (
    RUNNING,
    STARTED,
    PlanEditionFactory,
    ProjectFactory,
    ProjectMemberFactory,
    TeamChangeFactory,
    ViewpointFactory,
)

from banso.people.actors import VISITOR
from banso.projects.models import PlanEdition, Project, ProjectMember, TeamChange, Viewpoint
from banso.projects.queries import my_projects, team_changes_about, team_of

OURS, THEIRS = "OURS", "THEIRS"
NOTHING = set()


def project_with_an_inside(code):
    project = ProjectFactory(code=code)
    ProjectMemberFactory(project=project, person=project.lead, role="lead")
    PlanEditionFactory(project=project)
    ViewpointFactory(project=project)
    leaver = ProjectMemberFactory(project=project, until_on=RUNNING.date())
    TeamChangeFactory(member=leaver, seen_at=RUNNING, applied_at=RUNNING)
    return project


@pytest.fixture
def world(db):
    return {code: project_with_an_inside(code) for code in (OURS, THEIRS)}


def visitor(ours, actor_of):
    return VISITOR


def the_lead(ours, actor_of):
    return actor_of(ours.lead)


def co_investigator(ours, actor_of):
    return actor_of(ProjectMemberFactory(project=ours).person)


def one_who_left(ours, actor_of):
    return actor_of(ours.team.get(until_on__isnull=False).person)


def the_institution(ours, actor_of):
    return actor_of(AppointmentFactory(organisation=ours.institution).person)


def the_agency(ours, actor_of):
    appointment = AppointmentFactory(role="agency-officer", organisation=ours.agency)
    return actor_of(appointment.person)


def the_program_officer(ours, actor_of):
    appointment = AppointmentFactory(
        role="program-officer", organisation=ours.agency, scope_id=ours.concept_id
    )
    return actor_of(appointment.person)


def ministry(ours, actor_of):
    return actor_of(AppointmentFactory(role="ministry-officer").person)


@pytest.mark.parametrize(
    ("viewer", "inside", "changes"),
    [
        pytest.param(visitor, NOTHING, NOTHING, id="visitor"),
        pytest.param(the_lead, {OURS}, {OURS}, id="lead"),
        pytest.param(co_investigator, {OURS}, NOTHING, id="co-investigator"),
        pytest.param(one_who_left, NOTHING, {OURS}, id="one-who-left"),
        pytest.param(the_institution, {OURS}, {OURS}, id="institution-officer"),
        pytest.param(the_agency, {OURS}, {OURS}, id="agency-officer"),
        pytest.param(the_program_officer, {OURS}, {OURS}, id="program-officer"),
        pytest.param(ministry, NOTHING, NOTHING, id="ministry-officer"),
    ],
)
def test_each_viewer_reads_exactly_this(world, actor_of, viewer, inside, changes):
    who = viewer(world[OURS], actor_of)

    for model in (ProjectMember, PlanEdition, Viewpoint):
        visible = model.objects.visible_to(who)
        assert set(visible.values_list("project__code", flat=True)) == inside
    assert set(my_projects(who).values_list("code", flat=True)) == inside
    visible = TeamChange.objects.visible_to(who)
    assert set(visible.values_list("project__code", flat=True)) == changes
    assert Project.objects.count() == len(world)


def test_a_team_is_who_is_in_it_today_with_the_lead_first(project, place, lead):
    ProjectMemberFactory(project=project, until_on=RUNNING.date())

    assert [one.person_id for one in team_of(lead, project.pk)] == [
        project.lead_id,
        place.person_id,
    ]


def test_a_place_holds_from_its_first_day_up_to_its_last(project):
    left = ProjectMemberFactory(project=project, until_on=RUNNING.date())
    places = ProjectMember.objects.filter(pk=left.pk)

    assert [
        places.on(day).exists()
        for day in (STARTED.date().replace(day=14), STARTED.date(), RUNNING.date())
    ] == [False, True, False]


def test_a_request_about_a_person_stays_readable_to_them_alone(world, actor_of):
    left = one_who_left(world[OURS], actor_of)

    assert [change.project.code for change in team_changes_about(left)] == [OURS]
    assert list(team_changes_about(the_lead(world[OURS], actor_of))) == []

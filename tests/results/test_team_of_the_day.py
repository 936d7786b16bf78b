"""A place in a project's team opens its inside from its first day up to its last, and no longer."""

import datetime

import pytest
from tests.councils.factories import AgreedItemFactory
from tests.projects.factories import (
    PlanEditionFactory,
    ProjectFactory,
    ProjectMemberFactory,
    TeamChangeFactory,
    ViewpointFactory,
)
from tests.results.factories import NOW, ResultFactory

from banso.councils.models import AgreedItem
from banso.councils.queries import agreed_items_to_answer
from banso.people.queries.actors import actor_for
from banso.portal.queries.menu import own_menu
from banso.projects.models import PlanEdition, ProjectMember, TeamChange, Viewpoint
from banso.projects.queries import my_projects, team_of
from banso.results.models import Result
from banso.results.queries.results import results_for

DAY = datetime.timedelta(days=1)
FIRST = NOW.date()
END = FIRST + 30 * DAY
ON_A_DAY = [
    pytest.param(FIRST - DAY, False, id="before-it-starts"),
    pytest.param(FIRST, True, id="on-its-first-day"),
    pytest.param(END - DAY, True, id="on-its-last-day"),
    pytest.param(END, False, id="after-its-end"),
]
READ_BY_A_PLACE = {
    "plan": (PlanEdition, PlanEditionFactory),
    "viewpoint": (Viewpoint, ViewpointFactory),
    "agreed item": (AgreedItem, lambda project: AgreedItemFactory(projects=[project])),
    "planned result": (Result, lambda project: ResultFactory(project=project)),
    "place": (ProjectMember, lambda project: ProjectMemberFactory(project=project)),
}


@pytest.fixture(params=["member", "lead"])
def place(request, db):
    project = ProjectFactory()
    holder = {"person": project.lead} if request.param == "lead" else {}
    return ProjectMemberFactory(
        project=project, role=request.param, from_on=FIRST, until_on=END, **holder
    )


@pytest.mark.parametrize("kind", READ_BY_A_PLACE)
@pytest.mark.parametrize(("day", "is_open"), ON_A_DAY)
def test_what_a_team_reads_is_open_while_the_place_lasts(place, kind, day, is_open):
    model, make = READ_BY_A_PLACE[kind]
    row = make(project=place.project)
    viewer = actor_for(place.person_id, on=day)

    assert model.objects.visible_to(viewer).filter(pk=row.pk).exists() == is_open


@pytest.mark.parametrize(("day", "is_open"), ON_A_DAY)
def test_lists_and_menu_follow_the_place(place, day, is_open):
    ResultFactory(project=place.project)
    viewer = actor_for(place.person_id, on=day)

    assert list(my_projects(viewer)) == ([place.project] if is_open else [])
    assert list(team_of(viewer, place.project_id)) == ([place] if is_open else [])
    assert results_for(viewer).exists() == is_open
    addresses = {entry.address for entry in own_menu(viewer).entries}
    assert ("projects:my_projects" in addresses) == is_open


@pytest.mark.parametrize(("day", "is_open"), ON_A_DAY)
def test_a_lead_reads_requests_and_answers_while_the_place_lasts(db, day, is_open):
    project = ProjectFactory()
    ProjectMemberFactory(
        project=project, person=project.lead, role="lead", from_on=FIRST, until_on=END
    )
    change = TeamChangeFactory(member__project=project, seen_at=NOW)
    item = AgreedItemFactory(projects=[project])
    viewer = actor_for(project.lead_id, on=day)

    assert list(TeamChange.objects.visible_to(viewer)) == ([change] if is_open else [])
    assert list(agreed_items_to_answer(viewer)) == ([item] if is_open else [])

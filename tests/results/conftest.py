import datetime
from types import SimpleNamespace

import pytest
from tests.councils.factories import CouncilFactory, MembershipFactory
from tests.people.factories import OrganisationFactory, PersonFactory
from tests.projects.factories import ProjectFactory, ProjectMemberFactory
from tests.results.factories import (
    CLEAR,
    ENDS_ON,
    GRAVE,
    NOW,
    REVIEW_ON,
    ResultFactory,
)

from banso.people.models import Appointment
from banso.results.commands.request_withholding import request_withholding


@pytest.fixture
def world(db):
    """A planned result that its team presents, and a council of three about its concept."""
    author = PersonFactory(family_name="著者", family_name_en="Chosha")
    project = ProjectFactory(lead=author, starts_on=datetime.date(2027, 10, 1))
    project.concept.maturity = "high"
    project.concept.has_foreseen_concern = True
    project.concept.save()
    ProjectMemberFactory(project=project, person=author, role="lead")
    ministry = OrganisationFactory(kind="ministry", name_ja="見本省", name_en="Sample Ministry")
    official, researcher, company = PersonFactory.create_batch(3)
    Appointment.objects.create(
        person=official, role="ministry-officer", organisation=ministry, from_on=NOW.date()
    )
    council = CouncilFactory(
        concept=project.concept, organiser=ministry, representative=researcher
    )
    seats = {
        "official": MembershipFactory(
            council=council, person=official, organisation=ministry, side="needs-side"
        ),
        "researcher": MembershipFactory(council=council, person=researcher),
        "company": MembershipFactory(council=council, person=company, side="needs-side"),
    }
    result = ResultFactory(project=project, authors=[author], is_presented_to_council=True)
    return SimpleNamespace(
        author=author,
        project=project,
        concept=project.concept,
        ministry=ministry,
        official=official,
        researcher=researcher,
        company=company,
        council=council,
        seats=seats,
        result=result,
    )


@pytest.fixture
def ask(world, actor_of):
    """Ask as the ministry's official, with facts that every rule takes, unless told otherwise."""

    def run(**facts):
        asked = {
            "actor": actor_of(world.official, on=NOW.date()),
            "result_id": world.result.pk,
            "council_id": world.council.pk,
            "part": "第三節の加工条件",
            "reason": "兵器の製造に使われることが明らかです。",
            "clear_diversion": CLEAR,
            "grave_effect": GRAVE,
            "ends_on": ENDS_ON,
            "review_on": REVIEW_ON,
            "at": NOW,
        }
        return request_withholding(**{**asked, **facts})

    return run

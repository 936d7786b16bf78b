"""Whoever led a project and left its team speaks for it no longer."""

import pytest
from tests.councils.factories import (
    NOW,
    AgreedItemFactory,
    CouncilFactory,
    MembershipFactory,
    ResponseFactory,
)

from banso.councils.commands.agreement.answer_item import answer_item
from banso.councils.commands.agreement.show_evidence import show_evidence
from banso.councils.queries.agreement import (
    agreed_item_for,
    agreed_items_to_answer,
    agreed_items_to_follow,
    named_projects,
)
from banso.projects.models import ProjectMember
from banso.rulebook.verdicts import NotPermitted


@pytest.fixture
def item(world):
    """An agreed item of a council in which the lead sits, so that they read it as a member."""
    council = CouncilFactory(concept=world.concept, organiser=world.ministry)
    MembershipFactory(council=council, person_id=world.lead.person_id)
    return AgreedItemFactory(agenda_item__meeting__council=council, projects=[world.project])


def leave_the_team(world):
    ProjectMember.objects.filter(person_id=world.lead.person_id).update(until_on=world.lead.on)


def answer(world, item):
    return answer_item(
        actor=world.lead,
        agreed_item_id=item.pk,
        project_id=world.project.pk,
        answer="adopt",
        reason="設備の都合です。",
        at=NOW,
    )


def waits_for(viewer, item):
    [named] = named_projects(viewer, agreed_item_for(viewer, item.pk))
    [followed] = agreed_items_to_follow(viewer)
    return (
        named.is_led_by_viewer,
        followed.waits_for_viewer,
        agreed_items_to_answer(viewer).exists(),
    )


def test_an_item_waits_for_the_lead_until_their_place_in_the_team_ends(world, item):
    assert waits_for(world.lead, item) == (True, True, True)

    leave_the_team(world)

    assert waits_for(world.lead, item) == (False, False, False)


def test_who_led_and_left_does_not_answer(world, item):
    leave_the_team(world)

    with pytest.raises(NotPermitted):
        answer(world, item)


def test_who_led_and_left_shows_no_evidence(world, item):
    response = ResponseFactory(agreed_item=item, project=world.project)
    leave_the_team(world)

    with pytest.raises(NotPermitted):
        show_evidence(actor=world.lead, response_id=response.pk, evidence="別", at=NOW)

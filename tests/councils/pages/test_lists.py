from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.councils.factories import (
    JOINED,
    AgendaItemFactory,
    AgreedItemFactory,
    InvitationFactory,
    MeetingFactory,
    MembershipFactory,
    ResponseFactory,
)
from tests.councils.pages.reading import at, text_of
from tests.projects.factories import ProjectFactory

from banso.web.lists.listing import ROWS_ON_A_PAGE


@pytest.mark.parametrize("many", [1, 24, 100])
def test_pages_and_lists_cost_the_same_number_of_queries(world, council, client_for, many):
    for _ in range(many):
        MembershipFactory(council=council)
        project = ProjectFactory(concept=world.concept)
        matter = AgendaItemFactory(meeting=MeetingFactory(council=council))
        item = AgreedItemFactory(agenda_item=matter, projects=[world.project, project])
        ResponseFactory(agreed_item=item, project=project)
        MembershipFactory(council__organiser=world.ministry, person_id=world.officer.person_id)
        InvitationFactory(person_id=world.officer.person_id)
        InvitationFactory(person_id=world.officer.person_id, declined_at=JOINED)
    browser = client_for(world.officer.person_id)
    pages = {at("room", council.pk): 14, at("secretariat", council.pk): 11}
    lists = {
        at("councils"): 10,
        at("organised"): 6,
        at("own_record"): 6,
        at("members", council.pk): 7,
        at("meetings", council.pk): 8,
        at("people_asked", council.pk): 7,
        at("meeting_dates", council.pk): 7,
        at("agreed_items"): 7,
    }
    browser.get(at("agreed_items"))

    # A list that does not fit on its page is counted.
    counted = {address: queries + (many > ROWS_ON_A_PAGE) for address, queries in lists.items()}

    assert {address: queries_of(browser, address) for address in (*pages, *lists)} == {
        **pages,
        **counted,
    }


def queries_of(browser, address):
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == HTTPStatus.OK
    return len(captured)


def test_a_list_is_taken_away_as_it_is_shown(world, council, client_for):
    AgreedItemFactory(
        agenda_item=AgendaItemFactory(meeting__council=council),
        projects=[world.project],
        number=7,
        text="検討します。",
    )
    browser = client_for(world.lead.person_id)

    file = browser.get(at("agreed_items"), {"format": "csv", "columns": ["number", "projects"]})
    waiting = text_of(browser.get(at("agreed_items"), {"state": "waits-for-me"}))
    answered = text_of(browser.get(at("agreed_items"), {"state": "answered"}))

    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines == [
        "concept,number,projects",
        f"{world.concept.title_en or world.concept.title},7,{world.project.code}",
    ]
    assert ("検討します。" in waiting, "検討します。" in answered) == (True, False)

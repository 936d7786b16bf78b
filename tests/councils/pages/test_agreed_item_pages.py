from http import HTTPStatus

import pytest
from tests.councils.factories import (
    AgendaItemFactory,
    AgreedItemFactory,
)
from tests.councils.pages.reading import LANGUAGES, at, key, text_of

from banso.councils.models import AgreedItem, Response
from banso.ledger.models import Entry


def test_an_agreed_item_is_recorded_from_a_form(world, council, client_for):
    matter = AgendaItemFactory(meeting__council=council)
    facts = {
        "agenda_item": str(matter.pk),
        "projects": [str(world.project.pk)],
        "text": "検討します。",
        "research_side_took_part": "on",
    }

    response = client_for(world.officer.person_id).post(at("agreement", council.pk), facts | key())

    assert response.status_code == HTTPStatus.SEE_OTHER
    assert AgreedItem.objects.get().research_side_took_part


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lead_answers_and_shows_evidence_on_one_page(world, council, client_for, language):
    item = AgreedItemFactory(
        agenda_item=AgendaItemFactory(meeting__council=council), projects=[world.project]
    )
    browser = client_for(world.lead.person_id)
    address = at("agreed_item", item.pk, language=language)
    sent = {"answer": "not-adopt", "reason": "時期が合いません。"} | key()

    answers = [browser.post(address, sent).status_code for _ in range(2)]
    shown = text_of(browser.get(address))
    evidence = browser.post(address, {"evidence": "記録の第三節"} | key())

    assert answers == [HTTPStatus.SEE_OTHER] * 2
    assert "時期が合いません。" in shown
    assert evidence.status_code == HTTPStatus.SEE_OTHER
    response = Response.objects.get()
    assert (response.answer, response.evidence) == ("not-adopt", "記録の第三節")
    assert Entry.objects.count() == 2


def test_an_answer_without_its_reason_comes_back(world, council, client_for):
    item = AgreedItemFactory(
        agenda_item=AgendaItemFactory(meeting__council=council), projects=[world.project]
    )

    response = client_for(world.lead.person_id).post(
        at("agreed_item", item.pk), {"answer": "adopt", "reason": ""} | key()
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Response.objects.exists()


def test_whoever_leads_no_named_project_reads_without_a_form(world, council, client_for):
    item = AgreedItemFactory(
        agenda_item=AgendaItemFactory(meeting__council=council), projects=[world.project]
    )
    browser = client_for(world.officer.person_id)

    page = text_of(browser.get(at("agreed_item", item.pk)))
    sent = browser.post(at("agreed_item", item.pk), {"answer": "adopt", "reason": "よい"} | key())

    assert 'method="post"' not in page.split("<main")[1]
    assert sent.status_code == HTTPStatus.NOT_FOUND

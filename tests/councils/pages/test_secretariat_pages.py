import re
from http import HTTPStatus

import pytest
from tests.councils.factories import (
    JOINED,
    NOW,
    PREPARED,
    InvitationFactory,
    MinistryFactory,
)
from tests.councils.pages.reading import LANGUAGES, at, key, text_of
from tests.people.factories import AffiliationFactory, PersonFactory

from banso.councils.models import Council, CouncilMeeting, Membership
from banso.ledger.models import Entry


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_secretariat_reads_joined_and_not_joined(world, council, client_for, language):
    for name, dates in (
        ("沈黙", {}),
        ("辞退", {"declined_at": JOINED}),
        ("離脱", {"accepted_at": JOINED, "left_at": JOINED}),
    ):
        person = PersonFactory(family_name=name, family_name_en="")
        InvitationFactory(council=council, person=person, **dates)

    page = text_of(
        client_for(world.officer.person_id).get(at("secretariat", council.pk, language=language))
    )

    joined, not_joined = {
        "ja": ("参加しています", "参加していません"),
        "en": ("Joined", "Not joined"),
    }[language]
    rows = re.findall(
        r"<tr><th scope=\"row\">(.*?)</th>.*?</tr>", page.replace("<tr> <th", "<tr><th")
    )
    states = dict(re.findall(r'<th scope="row">(\S+ 葵)</th>.*?</span>([^<]+)</span></td>', page))
    assert rows
    assert {name: states[f"{name} 葵"] for name in ("沈黙", "辞退", "離脱")} == dict.fromkeys(
        ("沈黙", "辞退", "離脱"), not_joined
    )
    assert f"</span>{joined}</span>" in page


def test_a_council_is_prepared_from_a_form(world, client_for):
    browser = client_for(world.officer.person_id)
    fund = MinistryFactory()
    facts = {
        "concept": str(world.concept.pk),
        "kind": "63-4",
        "organiser": str(world.ministry.pk),
        "fund_minister": str(fund.pk),
    }

    response = browser.post(at("prepare"), facts | key())

    assert response.status_code == HTTPStatus.SEE_OTHER
    prepared = Council.objects.exclude(pk=world.council.pk).get()
    assert (prepared.kind, prepared.fund_minister) == ("63-4", fund)


def test_whoever_serves_no_ministry_prepares_nothing(world, client_for):
    facts = {"concept": str(world.concept.pk), "kind": "62-1", "organiser": str(world.ministry.pk)}

    response = client_for(world.lead.person_id).post(at("prepare"), facts | key())

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert list(Council.objects.all()) == [world.council]


def test_the_secretariats_acts_lead_back_to_it(world, client_for):
    browser = client_for(world.officer.person_id)
    home = at("secretariat", world.council.pk)
    acts = [
        ("representative", {"person": str(world.lead.person_id)}),
        ("consultation", {"is_held": "on"}),
    ]

    responses = [browser.post(at(name, world.council.pk), facts | key()) for name, facts in acts]
    Council.objects.filter(pk=world.council.pk).update(representative_consented_at=PREPARED)
    responses.append(
        browser.post(at("establish", world.council.pk), {"bylaws_text": "規約"} | key())
    )

    assert [(one.status_code, one["Location"]) for one in responses] == [
        (HTTPStatus.SEE_OTHER, home)
    ] * 3
    world.council.refresh_from_db()
    assert world.council.established_at == NOW


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("ja", "代表する者がまだいません"), ("en", "Nobody represents the R&amp;D yet.")],
)
def test_a_refusal_names_its_clause_and_leads_to_the_rule(world, client_for, language, sentence):
    response = client_for(world.officer.person_id).post(
        at("establish", world.council.pk, language=language), {"bylaws_text": "規約の文"} | key()
    )

    page = text_of(response)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in page
    assert 'rules/C1/">C1</a>' in page
    assert "規約の文" in page


@pytest.mark.parametrize(
    "name",
    ["representative", "consultation", "establish", "invite", "record_meeting", "agreement"],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_form_comes_back_with_what_is_missing(world, council, client_for, name, language):
    agenda = {"agenda-TOTAL_FORMS": "5", "agenda-INITIAL_FORMS": "0"}
    address = at(name, council.pk, language=language)

    response = client_for(world.officer.person_id).post(address, agenda | key())

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="error-summary"' in text_of(response)
    assert not Entry.objects.exists()


def test_a_person_is_searched_and_invited(world, client_for):
    affiliation = AffiliationFactory(person=PersonFactory(family_name="山田"))
    AffiliationFactory(person=PersonFactory(family_name="鈴木"))
    browser, address = client_for(world.officer.person_id), at("invite", world.council.pk)

    words = {"affiliation_words": "山田", "side": "research-side"} | key()
    searched = browser.post(address, words | {"search": "affiliation"})
    response = browser.post(address, words | {"affiliation": str(affiliation.pk)})

    found = text_of(searched)
    assert ("山田" in found, "鈴木" in found) == (True, False)
    assert (searched.status_code, 'id="error-summary"' in found) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        False,
    )
    assert response.status_code == HTTPStatus.SEE_OTHER
    membership = Membership.objects.get(council=world.council)
    assert (membership.person, membership.organisation) == (
        affiliation.person,
        affiliation.organisation,
    )


def test_a_meeting_is_recorded_from_a_form(world, council, client_for):
    facts = {
        **{"held_at_year": "2028", "held_at_month": "6", "held_at_day": "20"},
        **{"held_at_time": "14:00", "minutes": ""},
        **{"agenda-TOTAL_FORMS": "5", "agenda-INITIAL_FORMS": "0"},
        **{"agenda-0-kind": "promotion", "agenda-0-title": "実証"},
    }

    response = client_for(world.officer.person_id).post(
        at("record_meeting", council.pk), facts | key()
    )

    assert response.status_code == HTTPStatus.SEE_OTHER
    meeting = CouncilMeeting.objects.get()
    assert [item.title for item in meeting.agenda.all()] == ["実証"]


@pytest.mark.parametrize("row", [0, 3])
@pytest.mark.parametrize("missing", ["kind", "title"])
def test_half_a_matter_comes_back(world, council, client_for, row, missing):
    matter = {f"agenda-{row}-kind": "promotion", f"agenda-{row}-title": "実証の件"}
    facts = {
        **{"held_at_year": "2028", "held_at_month": "6", "held_at_day": "20"},
        **{"agenda-TOTAL_FORMS": "5", "agenda-INITIAL_FORMS": "0"},
        **{"agenda-0-kind": "other", "agenda-0-title": "日程"},
        **matter,
        f"agenda-{row}-{missing}": "",
    }

    response = client_for(world.officer.person_id).post(
        at("record_meeting", council.pk), facts | key()
    )

    page = text_of(response)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert {"kind": "Choose “Kind of matter”.", "title": "Enter “Matter”."}[missing] in page
    assert not CouncilMeeting.objects.exists()

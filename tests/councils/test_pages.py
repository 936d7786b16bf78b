import re
import uuid
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from tests.councils.factories import (
    JOINED,
    MET,
    NOW,
    PREPARED,
    AgendaItemFactory,
    AgreedItemFactory,
    BylawsFactory,
    CouncilFactory,
    InvitationFactory,
    MeetingFactory,
    MembershipFactory,
    MinistryFactory,
    ResponseFactory,
)
from tests.people.factories import AffiliationFactory, PersonFactory
from tests.projects.factories import ProjectFactory

from banso.councils.models import AgreedItem, Council, CouncilMeeting, Membership, Response
from banso.ledger.models import Entry
from banso.web.lists.listing import ROWS_ON_A_PAGE

LANGUAGES = ["ja", "en"]


@pytest.fixture(autouse=True)
def today(clock):
    clock.set(NOW)


@pytest.fixture
def council(world):
    """An established council in which the officer, the lead and another member sit."""
    council = CouncilFactory(
        concept=world.concept, organiser=world.ministry, representative=world.project.lead
    )
    MembershipFactory(council=council, person_id=world.officer.person_id, side="needs-side")
    MembershipFactory(council=council, person=world.project.lead)
    return council


def at(name, *args, language="en"):
    with override(language):
        return reverse(f"councils:{name}", args=args)


def key():
    return {"idempotency_key": str(uuid.uuid4())}


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize(("language", "heading"), [("ja", "自分の協議会"), ("en", "My councils")])
def test_my_councils_show_rooms_invitations_and_my_own_record(
    world, council, client_for, language, heading
):
    InvitationFactory(person=world.project.lead, council__concept__title="招く構想")
    InvitationFactory(
        person=world.project.lead, council__concept__title="断った構想", declined_at=JOINED
    )
    InvitationFactory(council__concept__title="他人の構想")
    browser = client_for(world.lead.person_id)

    response = browser.get(at("councils", language=language))
    record = text_of(browser.get(at("own_record", language=language)))

    assert response.status_code == HTTPStatus.OK
    page = text_of(response)
    assert f'<h1 class="page-heading" id="page-heading" tabindex="-1">{heading}</h1>' in page
    assert "他人の構想" not in page + record
    if language == "ja":
        assert ("招く構想" in page, "断った構想" in record, world.concept.title in page) == (
            True,
            True,
            True,
        )


@pytest.mark.convention("N3")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_who_can_see_it(world, council, client_for, language):
    invited = InvitationFactory(person_id=world.officer.person_id)
    Council.objects.filter(pk=world.council.pk).update(representative_id=world.officer.person_id)
    item = AgreedItemFactory(
        agenda_item=AgendaItemFactory(meeting__council=council), projects=[world.project]
    )
    MeetingFactory(council=council, number=1)
    browser = client_for(world.officer.person_id)
    addresses = [
        at("councils", language=language),
        at("organised", language=language),
        at("own_record", language=language),
        at("meeting", council.pk, 1, language=language),
        at("prepare", language=language),
        at("invitation", invited.pk, language=language),
        at("representation", world.council.pk, language=language),
        at("room", council.pk, language=language),
        at("leave", council.pk, language=language),
        *(
            at(name, council.pk, language=language)
            for name in (
                *("secretariat", "representative", "consultation", "establish"),
                *("invite", "record_meeting", "agreement"),
                *("members", "meetings", "people_asked", "meeting_dates"),
            )
        ),
        at("agreed_items", language=language),
        at("agreed_item", item.pk, language=language),
    ]
    line = {"ja": "この画面を見られる人", "en": "Who can see this screen:"}[language]

    for address in addresses:
        response = browser.get(address)
        assert (address, response.status_code) == (address, HTTPStatus.OK)
        assert line in text_of(response), address


@pytest.mark.parametrize(
    "law",
    [
        pytest.param("1年以下の拘禁刑または50万円以下の罰金", id="ja"),
        pytest.param("one year&#39;s imprisonment (拘禁刑)", id="en"),
    ],
)
def test_the_consent_screen_shows_the_law_and_two_equal_buttons(client_for, law):
    invited = InvitationFactory()
    language = "en" if "year" in law else "ja"

    page = text_of(client_for(invited.person).get(at("invitation", invited.pk, language=language)))

    assert law in page
    buttons = re.findall(
        r'<button type="submit" class="dads-button" data-type="(\w+)" name="answer" value="(\w+)"',
        page,
    )
    assert buttons == [("outline", "accept"), ("outline", "decline")]


@pytest.mark.parametrize(
    ("answer", "kept"),
    [("accept", (NOW, None)), ("decline", (None, NOW))],
)
def test_an_answer_is_recorded_once_however_often_it_is_sent(client_for, answer, kept):
    invited = InvitationFactory()
    browser, sent = client_for(invited.person), {"answer": answer} | key()

    responses = [browser.post(at("invitation", invited.pk), sent) for _ in range(2)]

    assert [(one.status_code, one["Location"]) for one in responses] == [
        (HTTPStatus.SEE_OTHER, at("councils"))
    ] * 2
    invited.refresh_from_db()
    assert (invited.accepted_at, invited.declined_at) == kept
    assert Entry.objects.count() == 1


def test_an_answer_without_a_word_is_no_answer(client_for):
    invited = InvitationFactory()

    response = client_for(invited.person).post(at("invitation", invited.pk), key())

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    invited.refresh_from_db()
    assert (invited.accepted_at, invited.declined_at) == (None, None)


def test_an_invitation_is_nobody_elses(world, client_for):
    invited = InvitationFactory(council=world.council)

    for viewer in (world.officer, world.stranger):
        browser = client_for(viewer.person_id)
        assert browser.get(at("invitation", invited.pk)).status_code == HTTPStatus.NOT_FOUND
        sent = browser.post(at("invitation", invited.pk), {"answer": "accept"} | key())
        assert sent.status_code == HTTPStatus.NOT_FOUND


def test_whoever_was_named_consents_on_their_own_page(world, client_for):
    Council.objects.filter(pk=world.council.pk).update(representative_id=world.lead.person_id)
    address = at("representation", world.council.pk)

    response = client_for(world.lead.person_id).post(address, key())

    assert response.status_code == HTTPStatus.SEE_OTHER
    world.council.refresh_from_db()
    assert world.council.representative_consented_at == NOW
    assert client_for(world.officer.person_id).get(address).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_room_shows_members_meetings_and_agreed_items(world, council, client_for, language):
    person = PersonFactory(family_name="構成", family_name_en="Kosei")
    MembershipFactory(council=council, person=person)
    MembershipFactory(
        council=council,
        person=PersonFactory(family_name="離席", family_name_en="Ridatsu"),
        left_at=NOW,
    )
    InvitationFactory(
        council=council, person=PersonFactory(family_name="沈黙", family_name_en="Chinmoku")
    )
    BylawsFactory(council=council, text="座長は互選")
    matter = AgendaItemFactory(
        meeting=MeetingFactory(council=council, held_at=MET, minutes="議事録")
    )
    item = AgreedItemFactory(agenda_item=matter, projects=[world.project], text="合意の文")
    ResponseFactory(agreed_item=item, project=world.project, reason="回答の理由")

    response = client_for(world.lead.person_id).get(at("room", council.pk, language=language))

    page = text_of(response)
    of_meeting = at("meeting", council.pk, matter.meeting.number, language=language)
    meeting = text_of(client_for(world.lead.person_id).get(of_meeting))
    members = text_of(
        client_for(world.lead.person_id).get(at("members", council.pk, language=language))
    )
    shown = {"ja": "構成 葵", "en": "Aoi KOSEI"}[language]
    assert (shown in page, shown in members, of_meeting in page) == (True, True, True)
    assert ("議事録" in meeting, "data-restricted" in meeting) == (True, True)
    for text in ("座長は互選", "合意の文", "回答の理由", "data-restricted"):
        assert text in page
    for hidden in ("離席", "RIDATSU", "沈黙", "CHINMOKU"):
        assert hidden not in page + members


def test_without_a_representative_the_room_says_so(world, council, client_for):
    Council.objects.filter(pk=council.pk).update(representative=None)

    page = text_of(client_for(world.officer.person_id).get(at("room", council.pk)))

    assert "Nobody represents the R&D in this council now." in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ["必須ではなく、希望すればいつでも離れられます", "理由は尋ねません"]),
        ("en", ["may leave at any time", "No reason is asked"]),
    ],
)
def test_leaving_is_a_page_of_two_steps_with_the_words_of_q6(
    world, council, client_for, language, words
):
    browser = client_for(world.lead.person_id)

    first = text_of(browser.get(at("leave", council.pk, language=language)))
    second = text_of(browser.get(at("leave", council.pk, language=language) + "?step=2"))

    assert [word in first for word in words] == [True, True]
    assert ('method="post"' in first.split("<main")[1], "?step=2" in first) == (False, True)
    main = second.split("<main")[1]
    assert 'method="post"' in main
    assert re.findall(r"<(?:textarea|select|input type=\"text\")", main) == []


def test_leaving_ends_access_with_the_next_request_and_repeats_harmlessly(
    world, council, client_for
):
    browser, sent = client_for(world.lead.person_id), key()
    before = browser.get(at("room", council.pk)).status_code

    responses = [browser.post(at("leave", council.pk), sent) for _ in range(2)]

    assert before == HTTPStatus.OK
    assert [one.status_code for one in responses] == [HTTPStatus.SEE_OTHER] * 2
    for address in (at("room", council.pk), at("leave", council.pk)):
        assert browser.get(address).status_code == HTTPStatus.NOT_FOUND
    assert browser.post(at("leave", council.pk), key()).status_code == HTTPStatus.NOT_FOUND
    assert "You have left the council." in text_of(browser.get(at("councils")))
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("name", ["room", "leave", "secretariat", "agreement"])
def test_a_council_that_is_not_yours_is_as_absent_as_none(world, council, client_for, name):
    browser = client_for(world.stranger.person_id)

    hidden = browser.get(at(name, council.pk))
    absent = browser.get(at(name, uuid.uuid4()))

    assert (hidden.status_code, absent.status_code) == (HTTPStatus.NOT_FOUND,) * 2
    assert hidden.content == absent.content


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

import re
import uuid
from http import HTTPStatus

import pytest
from tests.councils.factories import (
    JOINED,
    MET,
    NOW,
    AgendaItemFactory,
    AgreedItemFactory,
    BylawsFactory,
    InvitationFactory,
    MeetingFactory,
    MembershipFactory,
    ResponseFactory,
)
from tests.councils.pages.reading import LANGUAGES, at, key, text_of
from tests.people.factories import PersonFactory

from banso.councils.models import Council
from banso.ledger.models import Entry


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

import uuid
from http import HTTPStatus

import pytest
from tests.projects.factories import (
    RUNNING,
    ProjectMemberFactory,
    TeamChangeFactory,
)
from tests.projects.inside.addresses import LANGUAGES, address

from banso.ledger.models import Entry
from banso.projects.models import ProjectMember, TeamChange

HTMX = {"HX-Request": "true"}


def asked(place, ground="moved"):
    return {"member_id": str(place.pk), "ground": ground, "explanation": "四月に異動します。"}


def test_a_change_is_requested_from_the_page(client_for, project, place):
    browser = client_for(project.lead)

    response = browser.post(
        address("projects:request_change", project.code), asked(place), follow=True
    )

    assert response.redirect_chain == [(address("projects:my_project", project.code), 303)]
    assert TeamChange.objects.values_list("ground", "explanation").get() == (
        "moved",
        "四月に異動します。",
    )
    assert "四月に異動します。" in response.text


@LANGUAGES
@pytest.mark.parametrize(
    "ground", ["left-council", "did-not-join-council", "declined-information"]
)
def test_a_councils_freedom_as_ground_is_refused_with_clause_and_source(
    client_for, project, place, language, ground
):
    response = client_for(project.lead).post(
        address("projects:request_change", project.code, language=language),
        asked(place, ground),
        headers=HTMX,
    )

    sentence = {
        "ja": "これらを理由に研究体制を変えることはできません（内閣府Q&amp;Aの問6、qa 6）。",
        "en": "never a ground to change a team (Q&amp;A 6 of the Cabinet Office, qa 6).",
    }[language]
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in response.text
    assert f'href="{address("portal:rule", "C5", language=language)}">C5</a>' in response.text
    assert "四月に異動します。" in response.text
    assert not TeamChange.objects.exists()
    assert not Entry.objects.exists()


@LANGUAGES
def test_a_request_without_ground_comes_back_whole(client_for, project, place, language):
    response = client_for(project.lead).post(
        address("projects:request_change", project.code, language=language), asked(place, "")
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'href="#id_ground"' in response.text
    assert "四月に異動します。" in response.text
    assert not TeamChange.objects.exists()


def test_a_co_investigator_has_no_form_and_may_not_ask(client_for, project, place):
    browser = client_for(place.person)

    page = browser.get(address("projects:my_project", project.code, language="en"))
    sent = browser.post(address("projects:request_change", project.code), asked(place))

    assert "Request the change" not in page.text
    assert sent.status_code == HTTPStatus.FORBIDDEN
    assert not TeamChange.objects.exists()


def test_the_person_concerned_reads_and_confirms(client_for, place):
    change = TeamChangeFactory(member=place)
    browser = client_for(place.person)
    shown = browser.get(address("projects:acknowledge", change.pk, language="en"))

    response = browser.post(address("projects:acknowledge", change.pk, language="en"), follow=True)

    assert "I have seen this; pass it on" in shown.text
    assert "End this request" in shown.text
    assert TeamChange.objects.get().seen_at == RUNNING
    assert "The request is passed on. It is recorded that you saw it." in response.text
    assert change.explanation in response.text


@LANGUAGES
def test_applying_before_the_person_has_seen_it_is_refused(client_for, officer, place, language):
    change = TeamChangeFactory(member=place, requested_by_id=officer.person_id)

    response = client_for(officer.person_id).post(
        address("projects:apply", change.pk, language=language), headers=HTMX
    )

    sentence = {
        "ja": "申請の対象となる本人が、まだ内容を見ていません。",
        "en": "The person whom the request is about has not seen it yet.",
    }[language]
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in response.text
    assert ">G2</a>" in response.text
    assert ProjectMember.objects.get(pk=place.pk).until_on is None


def test_applying_takes_the_person_off_the_team_and_off_the_inside(client_for, officer, place):
    change = TeamChangeFactory(member=place, seen_at=RUNNING)

    response = client_for(officer.person_id).post(
        address("projects:apply", change.pk, language="en"), follow=True
    )

    assert "The team was changed" in response.text
    left = client_for(place.person)
    inside = left.get(address("projects:my_project", place.project.code))
    own = left.get(address("projects:my_projects", language="en"))
    assert inside.status_code == HTTPStatus.NOT_FOUND
    assert "Requests about me" in own.text


@pytest.mark.parametrize("name", ["projects:request_change", "projects:apply"])
def test_every_step_answers_a_plain_request_with_the_page(client_for, officer, place, name):
    change = TeamChangeFactory(member=place, seen_at=RUNNING)
    key = change.pk if name == "projects:apply" else place.project.code

    response = client_for(officer.person_id).get(address(name, key, language="en"))

    assert response.status_code == HTTPStatus.OK
    assert "Request the change" in response.text


def test_the_lead_sees_who_left_only_in_requests(client_for, project, place):
    ProjectMemberFactory(project=project, until_on=RUNNING.date())

    response = client_for(project.lead).get(address("projects:my_project", project.code))

    assert response.text.count('<th scope="row">') == 2


def fresh_left_out(text):
    fresh = ("idempotency_key", "csrfmiddlewaretoken", "csrf-token")
    return [line for line in text.splitlines() if not any(name in line for name in fresh)]


def pages_of_the_agency(client_for, person, project, ids):
    browser = client_for(person)
    addresses = [
        address("projects:my_project", project.code),
        address("projects:my_projects"),
        address("projects:desk"),
        address("portal:my"),
        address("proofs:ledger"),
        *(address("projects:apply", one) for one in ids),
        *(address("projects:acknowledge", one) for one in ids),
    ]
    return [
        (answer.status_code, fresh_left_out(answer.text.replace(str(ids[-1]), "")))
        for answer in (browser.get(one) for one in addresses)
    ]


@pytest.mark.parametrize("fate", ["waits", "ended"])
@pytest.mark.parametrize("viewer", ["officer", "director", "institution_officer"])
def test_no_page_of_the_agency_differs_by_a_request_that_was_not_passed_on(
    client_for, project, place, request, viewer, fate
):
    person = request.getfixturevalue(viewer).person_id
    change_id = uuid.uuid4()
    before = pages_of_the_agency(client_for, person, project, [change_id])

    client_for(project.lead).post(
        address("projects:request_change", project.code), asked(place, "changed-plan")
    )
    TeamChange.objects.filter(member=place).update(id=change_id)
    if fate == "ended":
        client_for(place.person).post(address("projects:end_change", change_id))
        assert TeamChange.objects.get().ended_at == RUNNING

    assert pages_of_the_agency(client_for, person, project, [change_id]) == before


def test_whoever_asked_cannot_tell_an_ended_request_from_an_unanswered_one(
    client_for, project, place
):
    browser, own = client_for(project.lead), client_for(place.person)
    browser.post(address("projects:request_change", project.code), asked(place), follow=True)
    inside = address("projects:my_project", project.code)
    before = fresh_left_out(browser.get(inside).text)

    ended = own.post(address("projects:end_change", TeamChange.objects.get().pk), follow=True)

    assert fresh_left_out(browser.get(inside).text) == before
    assert "終了" in ended.text
    assert "対象者がまだ見ていません" not in ended.text


def test_a_request_that_was_passed_on_is_no_longer_ended(client_for, place):
    change = TeamChangeFactory(member=place, seen_at=RUNNING)

    response = client_for(place.person).post(
        address("projects:end_change", change.pk, language="en")
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "You have passed this request on" in response.text
    assert 'href="/en/rules/C5/"' in response.text
    assert TeamChange.objects.get().ended_at is None


def test_no_forbidden_ground_is_a_choice_and_no_words_reach_the_agency_about_a_death(
    client_for, officer, project, place
):
    TeamChangeFactory(member=place, ground="died", explanation="協議会を離脱した人です。")

    text = client_for(officer.person_id).get(address("projects:my_project", project.code)).text

    assert 'value="left-council"' not in text
    assert 'value="changed-plan"' in text
    assert "協議会を離脱した人です。" not in text
    assert "死亡" in text

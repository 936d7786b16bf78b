from http import HTTPStatus

import pytest
from tests.councils.factories import CouncilFactory, MembershipFactory
from tests.protected.factories import (
    CANARY,
    DeliveryFactory,
)
from tests.protected.pages.reading import LANGUAGES, at, key, main_of, text_of

from banso.protected.models import ProtectedItem


def facts(world, **changes):
    return {
        "title": "運用条件",
        "card": "運用条件の一部です。",
        "origin": "見本庁の運用記録",
        "scope": "三項目",
        "marking": "",
        "period": "until-a-day",
        **{"silence_until_year": "2030", "silence_until_month": "4", "silence_until_day": "1"},
        **{"answers_until_year": "2028", "answers_until_month": "7", "answers_until_day": "1"},
        "recipients": [str(world.seats["first"].pk), str(world.seats["second"].pk)],
        "content": CANARY,
        **changes,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_item_is_offered_from_a_form(world, client_for, language):
    sent = facts(world) | key()
    browser, address = (
        client_for(world.people["provider"]),
        at("offer_item", world.council.pk, language=language),
    )

    responses = [browser.post(address, sent) for _ in range(2)]

    assert [(one.status_code, one["Location"]) for one in responses] == [
        (HTTPStatus.SEE_OTHER, at("provided", language=language))
    ] * 2
    item = ProtectedItem.objects.exclude(pk=world.item.pk).get()
    assert set(item.offers.values_list("person_id", flat=True)) == {
        world.first.person_id,
        world.second.person_id,
    }


def test_until_released_needs_no_day_and_ignores_one(world, client_for):
    client_for(world.people["provider"]).post(
        at("offer_item", world.council.pk), facts(world, period="until-released") | key()
    )

    assert ProtectedItem.objects.exclude(pk=world.item.pk).get().silence_until is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param(
            {"silence_until_year": "2028", "silence_until_month": "6", "silence_until_day": "6"},
            "Enter a day after today.",
            id="today",
        ),
        pytest.param(
            {"silence_until_year": "", "silence_until_month": "", "silence_until_day": ""},
            "Enter the day, or choose",
            id="no-day",
        ),
        pytest.param(
            {"answers_until_month": "5"}, "Enter a time that is still to come.", id="past-answers"
        ),
        pytest.param({"recipients": []}, "“Recipients”", id="nobody"),
        pytest.param({"content": ""}, "“Content”", id="nothing"),
    ],
)
def test_a_form_comes_back_with_what_is_to_be_put_right_and_nothing_lost(
    world, client_for, changes, words
):
    response = client_for(world.people["provider"]).post(
        at("offer_item", world.council.pk), facts(world, **changes) | key()
    )

    page = text_of(response)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="error-summary"' in page
    assert words in page
    assert "見本庁の運用記録" in page
    assert ProtectedItem.objects.count() == 1


@pytest.mark.parametrize(
    ("clause", "language", "sentence"),
    [
        ("S7", "ja", "課題自身の研究から得たものを"),
        ("S7", "en", "A project&#39;s own work cannot be made"),
        ("S8", "ja", "特定秘密または重要経済安保情報の表示があります"),
        ("S8", "en", "This bears a marking of"),
    ],
)
def test_what_cannot_be_offered_is_refused_with_its_clause(
    world, client_for, clause, language, sentence
):
    changes = {
        "S7": {"origin_projects": [str(world.project.pk)]},
        "S8": {"marking": "特定秘密"},
    }[clause]

    response = client_for(world.people["provider"]).post(
        at("offer_item", world.council.pk, language=language), facts(world, **changes) | key()
    )

    page = text_of(response)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in page
    assert f'rules/{clause}/">{clause}</a>' in page
    assert ProtectedItem.objects.count() == 1


@pytest.mark.parametrize("who", ["outsider", "elsewhere"])
def test_whoever_does_not_sit_there_finds_no_form(world, client_for, who):
    people = world.people | {"elsewhere": MembershipFactory(council=CouncilFactory()).person}

    response = client_for(people[who]).get(at("offer_item", world.council.pk))

    assert response.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_release_is_a_second_step_and_shows_in_the_register(world, client_for, language):
    DeliveryFactory(version=world.version, person=world.people["first"])
    browser = client_for(world.people["provider"])
    address = at("item", world.item.pk, language=language)

    first, second = main_of(browser.get(address)), main_of(browser.get(address + "?step=2"))
    released = browser.post(address, key())

    assert ('method="post"' in first, 'method="post"' in second) == (False, True)
    assert released.status_code == HTTPStatus.SEE_OTHER
    page = text_of(client_for(world.people["first"]).get(at("register", language=language)))
    assert {"ja": "2028年6月6日に解除", "en": "Released on 6 June 2028"}[language] in page

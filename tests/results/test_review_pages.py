"""What the pages of a request say to its asker, at a review, and once a withholding has ended."""

from http import HTTPStatus

import pytest
from tests.results.factories import NOW, PUBLISHED, REVIEW_ON
from tests.results.pages.requests import answer_of, request_of

from banso.results.models import Withholding

REVIEW = NOW.replace(year=REVIEW_ON.year)


@pytest.fixture(autouse=True)
def _today(clock):
    clock.set(NOW)


@pytest.fixture
def in_force(world, client_for, ask):
    asked = ask()
    for member in (world.researcher, world.company):
        client_for(member).post(f"/my/withholdings/{asked.pk}/", answer_of(asked, "consent"))
    return asked


def test_the_asker_is_not_asked_to_consent_and_can_take_the_request_back(world, client_for, ask):
    asked, browser = ask(), client_for(world.official)
    address = f"/en/my/withholdings/{asked.pk}/"
    text = browser.get(address).text
    assert "You answered: Consent" in text
    assert "Take the request back" in text
    assert "Take consent back" not in text
    assert world.result.title_en not in browser.get("/en/my/").text

    response = browser.post(f"{address}take-back/", follow=True)

    assert "You took the request back. The result is open." in response.text
    assert "The request has ended and the result is open." in response.text
    assert "Take the request back" not in response.text
    assert Withholding.objects.get().state == "ended"


def test_taking_back_what_has_ended_is_told_with_its_clause(world, client_for, ask):
    asked, browser = ask(), client_for(world.official)
    address = f"/en/my/withholdings/{asked.pk}/"
    client_for(world.company).post(address, answer_of(asked, "refuse"))

    response = browser.post(f"{address}take-back/")

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "This request has ended already. The result is open." in response.text
    assert 'href="/en/rules/R6/"' in response.text


def test_a_member_who_did_not_ask_has_no_such_button(world, client_for, ask):
    asked = ask()
    address = f"/en/my/withholdings/{asked.pk}/"

    assert "Take the request back" not in client_for(world.company).get(address).text
    refused = client_for(world.company).post(f"{address}take-back/")

    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert "Whoever asked to withhold takes the request back." in refused.text


def test_at_its_review_everyone_is_asked_anew_and_told_what_silence_does(
    world, client_for, in_force, clock
):
    address = f"/en/my/withholdings/{in_force.pk}/"
    browser = client_for(world.researcher)
    assert 'name="stance"' not in browser.get(address).text
    clock.set(REVIEW.replace(month=5, day=20))

    text = browser.get(address).text
    start = browser.get("/en/my/").text

    assert "The review is on" in text
    assert "asked anew until 31 May 2029" in text
    assert "You have not answered. Silence is not consent" in text
    assert 'name="stance"' in text
    assert world.result.title_en in start


def test_after_everyone_consented_anew_the_page_says_until_when(
    world, client_for, in_force, clock
):
    clock.set(REVIEW.replace(month=5, day=20))
    for member in (world.official, world.researcher, world.company):
        client_for(member).post(f"/my/withholdings/{in_force.pk}/", answer_of(in_force, "consent"))

    text = client_for(world.author).get(f"/en/my/withholdings/{in_force.pk}/").text

    assert "Every member in office consented. It lapses on 1 June 2030" in text
    assert "The review is on" not in text


@pytest.mark.parametrize(
    ("language", "sentence", "state"),
    [
        ("", "非公開は終わり、成果は公開に戻りました。", "終了（成果は公開に戻りました）"),
        ("/en", "The withholding has ended and the result is open again.", "open again"),
    ],
)
def test_what_was_in_force_never_reads_as_if_it_had_been_open(
    world, client_for, in_force, clock, language, sentence, state
):
    clock.set(REVIEW)
    author = client_for(world.author)

    text = author.get(f"{language}/my/withholdings/{in_force.pk}/").text
    listed = author.get(f"{language}/my/withholdings/").text

    assert sentence in text
    assert state in listed
    assert "公開のまま" not in text.split("<main")[1].split("非公開にする部分")[0]


@pytest.mark.parametrize("why", ["published", "another-request", "immature"])
def test_the_form_of_a_request_opens_only_where_one_can_be_made(world, client_for, ask, why):
    if why == "published":
        world.result.published_at = PUBLISHED
        world.result.save()
    elif why == "another-request":
        ask()
    else:
        world.concept.maturity, world.concept.has_foreseen_concern = "low", False
        world.concept.save()
    browser = client_for(world.official)

    form = browser.get(f"/en/my/results/{world.result.pk}/withhold/")
    sent = browser.post(f"/en/my/results/{world.result.pk}/withhold/", request_of(world))
    plan = browser.get(f"/en/my/results/{world.result.pk}/").text

    assert form.status_code == HTTPStatus.OK
    assert 'name="part"' not in form.text
    assert 'href="/en/rules/R6/"' in form.text
    assert sent.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Write the request" not in plan

import datetime
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.councils.factories import MembershipFactory
from tests.people.factories import PersonFactory
from tests.results.factories import (
    ENDS_ON,
    NOW,
    REVIEW_ON,
    WithholdingFactory,
)
from tests.results.pages.requests import answer_of, request_of

from banso.results.models import Consent, Withholding

NOTHING_OPEN = "There is no request."


def test_a_ministry_asks_on_a_page_that_names_the_audience(world, client_for):
    browser = client_for(world.official)
    address = f"/en/my/results/{world.result.pk}/withhold/"
    assert "Who will see the request" in browser.get(address).text

    response = browser.post(address, request_of(world))

    asked = Withholding.objects.get()
    assert response["Location"] == f"/en/my/withholdings/{asked.pk}/"
    assert (asked.part, asked.review_on, asked.ends_on) == (
        "第三節の加工条件",
        REVIEW_ON,
        ENDS_ON,
    )


def test_a_request_with_a_date_that_does_not_exist_comes_back(world, client_for):
    response = client_for(world.official).post(
        f"/en/my/results/{world.result.pk}/withhold/", request_of(world, ends_on="2030/2/30")
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response.text.count("Enter a date that exists") == 2
    assert "第三節の加工条件" in response.text
    assert not Withholding.objects.exists()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("", "要請には、海外で懸念される用途に転用されることが明らかであることと"),
        ("/en", "A request states both that diversion to a use of concern abroad is clear"),
    ],
)
def test_a_refused_request_cites_its_clause_and_keeps_what_was_written(
    world, client_for, language, sentence
):
    response = client_for(world.official).post(
        f"{language}/my/results/{world.result.pk}/withhold/",
        request_of(world, grave_effect="重大"),
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in response.text
    assert f'href="{language}/rules/R6/"' in response.text
    assert "第三節の加工条件" in response.text
    assert not Withholding.objects.exists()


def test_a_member_of_no_ministry_is_told_who_asks(world, client_for):
    response = client_for(world.researcher).get(f"/en/my/results/{world.result.pk}/withhold/")

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "An officer of a ministry who is a member of the council today" in response.text


def test_a_member_answers_with_plain_buttons_on_the_exact_text(world, client_for, ask):
    asked, browser = ask(), client_for(world.researcher)
    address = f"/en/my/withholdings/{asked.pk}/"
    text = browser.get(address).text
    assert asked.part in text
    assert asked.text_sha256 in text
    assert "You have not answered. Silence is not consent" in text
    assert "Take consent back" not in text

    browser.post(address, answer_of(asked, "consent"))

    text = browser.get(address).text
    assert "You answered: Consent" in text
    assert "Take consent back" in text
    assert "Asked; the result is open" in text


def test_a_member_sees_nothing_of_anothers_answer(world, client_for, ask):
    asked = ask()
    address = f"/my/withholdings/{asked.pk}/"
    witness = client_for(world.researcher)
    before = without_keys(witness.get(address).text)

    client_for(world.company).post(address, answer_of(asked, "consent"))

    assert Consent.objects.count() == 2
    assert without_keys(witness.get(address).text) == before


def without_keys(text):
    """Leave out the lines that are fresh in every form."""
    fresh = ("idempotency_key", "csrfmiddlewaretoken")
    return [line for line in text.splitlines() if not any(name in line for name in fresh)]


def test_an_answer_that_comes_too_late_is_refused_with_its_clause(world, client_for, ask):
    asked = ask()
    address = f"/en/my/withholdings/{asked.pk}/"
    client_for(world.official).post(address, answer_of(asked, "refuse"))

    response = client_for(world.researcher).post(
        address, answer_of(asked, "consent"), headers={"HX-Request": "true"}
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "This request takes no more answers" in response.text
    assert 'href="/en/rules/R5/"' in response.text
    assert "<h1" not in response.text
    assert not Consent.objects.filter(person=world.researcher).exists()


def test_a_member_is_told_that_the_answer_no_longer_counts(world, client_for, ask):
    asked, browser = ask(), client_for(world.researcher)
    browser.post(f"/my/withholdings/{asked.pk}/", answer_of(asked, "consent"))
    world.seats["company"].left_at = NOW
    world.seats["company"].save()

    text = browser.get(f"/en/my/withholdings/{asked.pk}/").text

    assert "Your answer no longer counts" in text


def test_an_author_outside_the_council_reads_text_and_end_without_buttons(world, client_for, ask):
    asked = ask()
    author = client_for(world.author)
    text = author.get(f"/en/my/withholdings/{asked.pk}/").text
    assert asked.reason in text
    assert 'name="stance"' not in text

    client_for(world.company).post(f"/my/withholdings/{asked.pk}/", answer_of(asked, "refuse"))

    text = author.get(f"/en/my/withholdings/{asked.pk}/").text
    assert "The request has ended and the result is open." in text
    assert "Ended; the result is open" in author.get("/en/my/withholdings/").text


def test_whoever_has_no_request_is_told_so(client_for, db):
    text = client_for(PersonFactory()).get("/en/my/withholdings/").text

    assert NOTHING_OPEN in text
    assert "Plans that teams show you" not in text


def test_members_find_the_plans_that_teams_present(world, client_for):
    browser = client_for(world.official)

    text = browser.get("/en/my/withholdings/").text

    assert "One planned result is shown to your councils." in text
    assert '"/en/my/results/presented/"' in text
    assert world.result.title_en in browser.get("/en/my/results/presented/").text


def test_the_list_of_requests_costs_the_same_whatever_its_length(world, client_for):
    browser, counts = client_for(world.researcher), []
    for number in (1, 24):
        WithholdingFactory.create_batch(number, result=world.result, council=world.council)
        with CaptureQueriesContext(connection) as captured:
            browser.get("/my/withholdings/")
        counts.append(len(captured))

    assert len(set(counts)) == 1


def test_the_page_of_publishing_tells_of_a_part_in_force_and_lets_it_be_left_out(
    world, client_for, ask
):
    asked = ask()
    for member in (world.official, world.researcher, world.company):
        client_for(member).post(f"/my/withholdings/{asked.pk}/", answer_of(asked, "consent"))
    author = client_for(world.author)
    address = f"/en/my/results/{world.result.pk}/publish/"

    text = author.get(address).text
    unchosen = author.post(address, {"doi": ""})
    author.post(address, {"withheld_part": "left-out"})

    assert "A part of this result is withheld by everyone" in text
    assert text.count('name="withheld_part"') == 2
    assert "checked" not in text
    assert "Without the withheld part. The withholding stays" in text
    assert "The whole, with the withheld part. Publishing it ends the withholding." in text
    assert unchosen.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert unchosen.text.count("Choose “What you publish”.") == 2
    assert 'href="#id_withheld_part_0"' in unchosen.text
    assert (
        "Every member in office consented." in author.get(f"/en/my/withholdings/{asked.pk}/").text
    )


def test_a_button_that_does_not_exist_changes_nothing(world, client_for, ask):
    asked = ask()

    response = client_for(world.researcher).post(
        f"/my/withholdings/{asked.pk}/", answer_of(asked, "agree-for-all")
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Consent.objects.filter(person=world.researcher).exists()


def test_what_is_published_without_the_part_shows_it_to_nobody_until_it_lapses(
    world, client_for, client, ask, clock
):
    asked = ask()
    for member in (world.official, world.researcher, world.company):
        client_for(member).post(f"/my/withholdings/{asked.pk}/", answer_of(asked, "consent"))
    client_for(world.author).post(
        f"/my/results/{world.result.pk}/publish/", {"withheld_part": "left-out"}
    )

    withheld = client.get(f"/en/results/{world.result.pk}/").text
    clock.set(NOW.replace(year=NOW.year + 1))
    open_again = client.get(f"/results/{world.result.pk}/").text

    assert asked.part not in withheld
    assert "［…］は九百度" in withheld
    assert asked.part in open_again


def test_publishing_the_whole_by_choice_ends_the_withholding(world, client_for, client, ask):
    asked = ask()
    for member in (world.official, world.researcher, world.company):
        client_for(member).post(f"/my/withholdings/{asked.pk}/", answer_of(asked, "consent"))

    client_for(world.author).post(
        f"/my/results/{world.result.pk}/publish/", {"withheld_part": "published-too"}
    )

    assert Withholding.objects.get(pk=asked.pk).state == "ended"
    assert asked.part in client.get(f"/results/{world.result.pk}/").text


def test_a_member_who_joins_after_it_took_effect_is_not_asked(world, client_for, ask, clock):
    asked = ask()
    for member in (world.official, world.researcher, world.company):
        client_for(member).post(f"/my/withholdings/{asked.pk}/", answer_of(asked, "consent"))
    later = NOW + datetime.timedelta(days=1)
    clock.set(later)
    newcomer = MembershipFactory(council=world.council, accepted_at=later).person

    text = client_for(newcomer).get(f"/en/my/withholdings/{asked.pk}/").text

    assert "Every member in office consented." in text
    assert "Your own answer</h2>" not in text


def test_a_request_with_a_description_of_the_whole_cites_its_clause(world, client_for):
    response = client_for(world.official).post(
        f"/en/my/results/{world.result.pk}/withhold/", request_of(world, part="原稿のすべての頁")
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "a description of it is not enough" in response.text
    assert 'href="/en/rules/R7/"' in response.text
    assert not Withholding.objects.exists()

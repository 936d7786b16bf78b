import uuid
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people.factories import PersonFactory
from tests.projects.factories import ProjectMemberFactory
from tests.results.factories import (
    PUBLISHED,
    ResultFactory,
)

from banso.ledger.models import Entry
from banso.results.models import Result


def plan_of(world, **changes):
    return {
        "kind": "paper",
        "title_ja": "海の測り方",
        "title_en": "Measuring the sea",
        "author_ids": [str(world.author.pk)],
        **changes,
    }


def test_the_own_list_shows_plans_first_and_only_own_ones(world, client_for):
    ResultFactory(project=world.project, title_en="Older paper", published_at=PUBLISHED)
    ResultFactory(title_en="Somebody else's")

    text = client_for(world.author).get("/en/my/results/").text

    assert text.index(world.result.title_en) < text.index("Older paper")
    assert "Somebody else" not in text
    assert f"/en/my/results/plan/{world.project.pk}/" in text
    assert "You alone." in text


def test_the_own_list_costs_the_same_whatever_its_length(world, client_for):
    browser, counts = client_for(world.author), []
    for number in (1, 24):
        ResultFactory.create_batch(number, project=world.project)
        with CaptureQueriesContext(connection) as captured:
            browser.get("/my/results/")
        counts.append(len(captured))

    assert len(set(counts)) == 1


def test_a_team_member_plans_a_result(world, client_for):
    browser = client_for(world.author)
    address = f"/en/my/results/plan/{world.project.pk}/"
    assert "Let the members of the concept" in browser.get(address).text

    response = browser.post(address, plan_of(world, presented_to_council="on"))

    planned = Result.objects.get(title_ja="海の測り方")
    assert response.status_code == HTTPStatus.SEE_OTHER
    assert response["Location"] == f"/en/my/results/{planned.pk}/"
    assert planned.is_presented_to_council
    assert list(planned.authors.all()) == [world.author]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("", "「成果の題名（日本語）」を入力してください。"),
        ("/en", "Enter “Title of the result (Japanese)”."),
    ],
)
def test_a_plan_that_lacks_something_comes_back_with_all_that_was_written(
    world, client_for, language, sentence
):
    response = client_for(world.author).post(
        f"{language}/my/results/plan/{world.project.pk}/",
        plan_of(world, title_ja="", summary="書いた要約"),
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response.text.count(sentence) == 2
    assert "書いた要約" in response.text
    assert "Measuring the sea" in response.text
    assert Result.objects.count() == 1


def test_only_people_of_the_team_can_be_named_as_authors(world, client_for):
    stranger = PersonFactory()

    response = client_for(world.author).post(
        f"/my/results/plan/{world.project.pk}/", plan_of(world, author_ids=[str(stranger.pk)])
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Result.objects.count() == 1


def test_the_page_of_publishing_names_its_audience_and_asks_nobody(world, client_for):
    text = client_for(world.author).get(f"/en/my/results/{world.result.pk}/publish/").text

    assert "Who will see it: everybody, at once" in text
    assert "No permission is needed and nobody is asked." in text
    assert "/en/rules/R2/" in text
    assert "withheld_part" not in text


def test_one_click_publishes(world, client_for, client):
    browser = client_for(world.author)

    response = browser.post(f"/en/my/results/{world.result.pk}/publish/")

    assert response["Location"] == f"/en/my/results/{world.result.pk}/"
    assert client.get(f"/en/results/{world.result.pk}/").status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    ("written", "stored"),
    [("https://doi.org/10.1234/Sea", "10.1234/Sea"), ("doi: 10.1234/sea", "10.1234/sea")],
)
def test_a_doi_may_be_pasted_with_its_address(world, client_for, written, stored):
    client_for(world.author).post(f"/my/results/{world.result.pk}/publish/", {"doi": written})

    assert Result.objects.get(pk=world.result.pk).doi == stored


def test_what_is_no_doi_comes_back(world, client_for):
    response = client_for(world.author).post(
        f"/en/my/results/{world.result.pk}/publish/", {"doi": "forthcoming"}
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "A DOI begins with 10." in response.text
    assert "forthcoming" in response.text
    assert Result.objects.get(pk=world.result.pk).published_at is None


def test_publishing_twice_ends_on_the_page_of_the_result(world, client_for):
    browser = client_for(world.author)
    address = f"/my/results/{world.result.pk}/publish/"
    browser.post(address)

    assert browser.get(address)["Location"] == f"/my/results/{world.result.pk}/"
    assert browser.post(address)["Location"] == f"/my/results/{world.result.pk}/"
    assert Entry.objects.filter(act="results.publish_result").count() == 1


def test_a_colleague_who_is_no_author_is_told_who_publishes(world, client_for):
    browser = client_for(ProjectMemberFactory(project=world.project).person)
    address = f"/en/my/results/{world.result.pk}/publish/"

    assert "You are not one of them." in browser.get(address).text
    refused = browser.post(address)

    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert "The authors of a result publish it." in refused.text


@pytest.mark.parametrize(
    "path", ["/my/results/{}/", "/my/results/{}/publish/", "/my/results/{}/withhold/"]
)
def test_a_hidden_result_and_none_look_the_same(world, client_for, path):
    browser = client_for(PersonFactory())
    hidden, absent = str(world.result.pk), str(uuid.uuid4())

    answers = [browser.get(path.format(one)) for one in (hidden, absent)]

    assert [answer.status_code for answer in answers] == [HTTPStatus.NOT_FOUND] * 2
    first, second = (answer.text for answer in answers)
    assert first.replace(hidden, "") == second.replace(absent, "")


def test_the_page_of_a_published_result_says_that_everybody_reads_it(world, client_for):
    browser = client_for(world.author)
    browser.post(f"/my/results/{world.result.pk}/publish/")

    text = browser.get(f"/en/my/results/{world.result.pk}/").text

    assert "Everybody can read it since 1 June 2028." in text
    assert f"/en/results/{world.result.pk}/" in text

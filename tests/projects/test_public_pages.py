import csv
import io
import json
import re
from html import unescape
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils.translation import override
from tests.people.factories import PersonFactory
from tests.projects.factories import PlanEditionFactory, ProjectFactory, ProjectMemberFactory

LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])


def address(name, *ids, language="ja", query=""):
    with override(language):
        return reverse(name, args=ids) + query


@LANGUAGES
def test_the_list_shows_amounts_with_their_unit(client, project, language):
    response = client.get(address("projects:projects", language=language))

    title, unit = {
        "ja": ("海を測る", "金額（百万円）"),
        "en": ("Measuring the sea", "Amount (million yen)"),
    }[language]
    assert response.status_code == HTTPStatus.OK
    assert title in response.text
    assert unit in response.text
    assert ">1,235<" in response.text
    assert not response.cookies


@pytest.mark.parametrize("chosen", ["concept", "agency"])
def test_the_list_is_narrowed_by_concept_and_by_agency(client, project, chosen):
    other = ProjectFactory(title_ja="空を測る")
    value = {"concept": project.concept.slug, "agency": project.agency.short_name}[chosen]

    response = client.get(address("projects:projects", query=f"?{chosen}={value}"))

    assert "海を測る" in response.text
    assert other.title_ja not in response.text


def test_a_choice_that_does_not_exist_lists_nothing(client, project):
    response = client.get(address("projects:projects", query="?concept=v9-r9", language="en"))

    assert response.status_code == HTTPStatus.OK
    assert "Nothing in this list matches what you chose." in response.text
    assert project.title_en not in response.text


@pytest.mark.parametrize(("count", "questions"), [(1, 4), (25, 4), (100, 5)])
def test_the_list_asks_the_same_number_of_questions_and_one_more_beyond_a_page(
    client, db, count, questions, django_assert_num_queries
):
    ProjectFactory.create_batch(count)
    # A page that was not asked for before: visitors' pages are kept whole.
    listed = address("projects:projects", query=f"?concept=&never={count}")

    with django_assert_num_queries(questions):
        response = client.get(listed)

    assert response.text.count('<th scope="row"') == min(count, 50)


def test_pages_of_the_list_keep_the_choice(client, project):
    ProjectFactory.create_batch(55, concept=project.concept)

    query = f"?concept={project.concept.slug}"
    first = client.get(address("projects:projects", query=query))
    [following] = re.findall(r'rel="next" href="([^"]+)"', first.text)
    second = client.get(address("projects:projects", query=unescape(following)))

    assert f"concept={project.concept.slug}" in following
    assert second.text.count('<th scope="row"') == 6


@pytest.mark.parametrize("words", ["sample-a", "ＳＡＭＰＬＥ－Ａ", "を測る", "measuring"])
def test_the_list_is_searched_by_code_and_title(client, project, words):
    ProjectFactory(code="OTHER", title_ja="空", title_en="Sky")

    response = client.get(address("projects:projects", query=f"?q={words}"))

    assert "海を測る" in response.text
    assert "OTHER" not in response.text


ROW = {
    "code": "SAMPLE-A",
    "title_ja": "海を測る",
    "title_en": "Measuring the sea",
    "amount_yen": 1_234_500_000,
    "starts_on": "2027-10-01",
    "ends_on": "2032-03-31",
    "is_sample": False,
}


def test_the_csv_has_the_rows_of_the_choice(client, project):
    ProjectFactory()

    query = f"?concept={project.concept.slug}"
    response = client.get(address("projects:projects_csv", query=query))

    [row] = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    expected = {name: str(value) for name, value in ROW.items()} | {"is_sample": "false"}
    assert {name: row[name] for name in ROW} == expected
    assert (row["concept"], row["agency"]) == (project.concept.slug, project.agency.short_name)


def test_the_json_has_the_rows_of_the_choice(client, project):
    ProjectFactory()

    query = f"?agency={project.agency.short_name}"
    response = client.get(address("projects:projects_json", query=query))

    [row] = json.loads(response.content)["rows"]
    assert {name: row[name] for name in ROW} == ROW
    assert row["institution"] == project.institution.name_ja


@LANGUAGES
def test_a_projects_page_shows_summary_bodies_and_amount_and_no_person(client, project, language):
    person = PersonFactory(family_name="非公開", family_name_en="Secret")
    ProjectMemberFactory(project=project, person=person)
    PlanEditionFactory(project=project, text="非公開の計画")

    response = client.get(address("projects:project", project.code, language=language))

    summary, unit = {
        "ja": ("海を測ります。", "金額（百万円）"),
        "en": ("We measure the sea.", "Amount (million yen)"),
    }[language]
    assert response.status_code == HTTPStatus.OK
    assert summary in response.text
    assert unit in response.text
    assert address("portal:concept", project.concept.slug, language=language) in response.text
    assert not [
        word for word in ("非公開", "SECRET", "csrfmiddlewaretoken") if word in response.text
    ]


def test_a_missing_english_title_is_said(client, project):
    type(project).objects.update(title_en="", summary_en="")

    response = client.get(address("projects:project", project.code, language="en"))

    assert '<span lang="ja">海を測る</span>' in response.text
    assert "(in Japanese only)" in response.text


def test_an_unknown_code_does_not_exist(client, db):
    response = client.get(address("projects:project", "NONE"))

    assert response.status_code == HTTPStatus.NOT_FOUND

import csv
import io
import json
import uuid
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people.factories import PersonFactory
from tests.projects.factories import ProjectFactory
from tests.results.factories import PLANNED, PUBLISHED, ResultFactory


@pytest.fixture
def published(db):
    author = PersonFactory(family_name="海野", given_name="一", family_name_en="Umino")
    return ResultFactory(
        title_ja="海の測り方",
        title_en="Measuring the sea",
        doi="10.1234/sea",
        authors=[author],
        published_at=PUBLISHED,
        is_sample=True,
    )


@pytest.mark.parametrize(
    ("language", "title", "kind"),
    [("", "海の測り方", "論文"), ("/en", "Measuring the sea", "Paper")],
)
def test_the_list_shows_what_is_published_and_no_plan(client, published, language, title, kind):
    ResultFactory(title_ja="まだ予定", title_en="Still planned")

    text = client.get(f"{language}/results/").text

    assert title in text
    assert kind in text
    assert "https://doi.org/10.1234/sea" in text
    assert "まだ予定" not in text
    assert "Still planned" not in text
    assert "csrfmiddlewaretoken" not in text


def test_a_visitor_gets_no_cookie(client, published):
    response = client.get(f"/results/{published.pk}/")

    assert response.status_code == HTTPStatus.OK
    assert not response.cookies


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, {"論文甲", "データ乙"}),
        ({"kind": "paper"}, {"論文甲"}),
        ({"kind": "patent"}, set()),
        ({"concept": "v1-r01"}, {"データ乙"}),
        ({"kind": "no-such-kind"}, set()),
        ({"concept": "no-such-concept"}, set()),
    ],
)
def test_the_filter_is_the_same_on_the_page_and_in_the_files(client, db, query, titles):
    ResultFactory(title_ja="論文甲", published_at=PUBLISHED)
    elsewhere = ProjectFactory()
    type(elsewhere.concept).objects.filter(pk=elsewhere.concept_id).update(slug="v1-r01")
    ResultFactory(title_ja="データ乙", kind="data", project=elsewhere, published_at=PUBLISHED)

    page = client.get("/results/", query).text
    table = client.get("/results.csv", query).content.decode("utf-8-sig")
    document = json.loads(client.get("/results.json", query).content)

    assert {title for title in ("論文甲", "データ乙") if title in page} == titles
    assert {row["title_ja"] for row in csv.DictReader(io.StringIO(table))} == titles
    assert {row["title_ja"] for row in document["rows"]} == titles


@pytest.mark.parametrize("path", ["/results/", "/results.csv", "/results.json"])
def test_the_number_of_queries_does_not_grow(client, db, path):
    counts = []
    for number in (1, 24):
        project = ProjectFactory()
        ResultFactory.create_batch(number, project=project, published_at=PUBLISHED)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        counts.append(len(captured))

    assert len(set(counts)) == 1


@pytest.mark.parametrize(("language", "author"), [("", "海野 一"), ("/en", "UMINO")])
def test_a_published_result_has_a_page_of_its_own(client, published, language, author):
    text = client.get(f"{language}/results/{published.pk}/").text

    assert author in text
    assert published.project.code in text
    assert "10.1234/sea" in text


def test_a_plan_and_nothing_look_the_same_to_a_visitor(client, db):
    plan = ResultFactory(title_ja="まだ予定", planned_at=PLANNED)

    hidden = client.get(f"/results/{plan.pk}/")
    absent = client.get(f"/results/{uuid.uuid4()}/")

    assert hidden.status_code == absent.status_code == HTTPStatus.NOT_FOUND
    assert hidden.text.replace(str(plan.pk), "") == absent.text.replace(
        absent.request["PATH_INFO"].split("/")[2], ""
    )


def test_a_missing_english_title_is_said_to_be_missing(client, db):
    only_japanese = ResultFactory(title_ja="海", title_en="", published_at=PUBLISHED)

    text = client.get(f"/en/results/{only_japanese.pk}/").text

    assert "(in Japanese only)" in text

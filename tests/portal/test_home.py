import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.catalogue.factories import NewsFactory
from tests.results.factories import NOW
from tests.review.factories import CallFactory, ConceptFactory

from banso.catalogue.front import concept_table


def open_call(**facts):
    return CallFactory(closes_at=NOW + datetime.timedelta(days=3), **facts)


@pytest.mark.parametrize(
    ("language", "left", "title"),
    [("", "あと3日", "開いている公募"), ("/en", "3 days left", "An open call")],
)
def test_open_calls_come_first_with_the_time_left(journey, client, language, left, title):
    open_call(title_ja="開いている公募", title_en="An open call")

    text = client.get(f"{language}/").text

    assert title in text
    assert left in text
    assert "csrfmiddlewaretoken" not in text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("", "いま募集中の公募はありません。"), ("/en", "No call is open now.")],
)
def test_without_an_open_call_the_page_says_so(journey, client, language, sentence):
    assert sentence in client.get(f"{language}/").text


def test_the_latest_decision_project_result_and_news_are_there(journey, client):
    NewsFactory(title_ja="お知らせの題")

    text = client.get("/").text

    assert "見本ビジョン" in text
    assert "2022年9月16日" in text
    assert journey.project.title_ja in text
    assert "海の論文" in text
    assert "お知らせの題" in text


def test_concepts_are_counted_by_domain_and_agency(db):
    first = ConceptFactory(domain="ocean", agency__short_name="JST")
    ConceptFactory(domain="ocean", agency=first.agency)
    ConceptFactory(domain="", agency__short_name="NEDO")

    found = concept_table(NOW)

    assert found.agencies == ["JST", "NEDO"]
    assert [(row.code, row.counts, row.total) for row in found.domains] == [
        ("ocean", [("JST", 2), ("NEDO", 0)], 2),
        ("not-known", [("JST", 0), ("NEDO", 1)], 1),
    ]


def test_the_page_of_an_empty_service_still_says_what_it_is(client, db):
    text = client.get("/en/").text

    assert "K Program is Japan" in text
    assert "There is no news yet." in text
    assert "/demo/" not in text


def test_the_number_of_queries_does_not_grow(journey, client):
    counts = []
    for number in (1, 20):
        for _ in range(number):
            open_call()
        with CaptureQueriesContext(connection) as captured:
            client.get("/")
        counts.append(len(captured))

    assert len(set(counts)) == 1

"""The pages of calls, as a browser meets them."""

import csv
import io
import json
import re
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.calls.factories import BEFORE_OPENING, WRITING, CallFactory, ConceptFactory

from banso.calls.models import Call

ONCE = re.compile(r'nonce="[^"]*"|name="(csrfmiddlewaretoken|idempotency_key)" value="[^"]*"')
CLOSING = {"ja": "2027年5月31日", "en": "31 May 2027"}


@pytest.fixture(autouse=True)
def _while_the_call_is_open(clock):
    clock.set(WRITING)


def body(response, identifier):
    """The page without what differs on every answer, and without its own address."""
    return ONCE.sub("", response.text.replace(str(identifier), "ID"))


@pytest.mark.parametrize(
    ("language", "heading", "title"),
    [("", "公募", "海の公募"), ("/en", "Calls", "The call of the sea")],
)
def test_a_visitor_reads_the_list_in_both_languages(db, language, heading, title):
    CallFactory(title_ja="海の公募", title_en="The call of the sea")
    secret = {"title_ja": "秘密の下書き", "title_en": "A secret draft"}
    CallFactory(**secret, announced_at=None, opened_at=None)

    response = Client().get(f"{language}/calls/")

    assert response.status_code == HTTPStatus.OK
    assert heading in response.text
    assert title in response.text
    assert CLOSING[language.strip("/") or "ja"] in response.text
    assert "?format=csv" in response.text
    assert "秘密の下書き" not in response.text
    assert "A secret draft" not in response.text
    assert "csrfmiddlewaretoken" not in response.text


@pytest.mark.parametrize("query", ["", "?state=open", "?state=closed", "?state=announced"])
def test_csv_and_json_hold_the_rows_of_the_screen(db, query):
    CallFactory(slug="open-one")
    CallFactory(slug="announced-one", opened_at=None)
    CallFactory(slug="closed-one", opens_at=BEFORE_OPENING, closes_at=WRITING)
    CallFactory(slug="secret", announced_at=None, opened_at=None)
    visitor = Client()

    screen = re.findall(r'href="/calls/([a-z-]+)/"', visitor.get(f"/calls/{query}").text)
    table = visitor.get(f"/calls.csv{query}").content.decode("utf-8-sig")
    document = json.loads(visitor.get(f"/calls.json{query}").content)

    in_csv = [row["call"] for row in csv.DictReader(io.StringIO(table))]
    in_json = [row["call"] for row in document["rows"]]
    wanted = {"": {"open-one", "announced-one", "closed-one"}}
    assert set(in_csv) == wanted.get(query, {f"{query.partition('=')[2]}-one"})
    assert in_csv == in_json == [slug for slug in screen if slug.endswith("-one")]


@pytest.mark.parametrize("address", ["/calls/", "/calls.csv", "/calls.json"])
def test_the_list_costs_the_same_whatever_its_length(db, address):
    counts = []
    for more in (1, 9, 90):
        concept = ConceptFactory()
        for number in range(more):
            CallFactory(concept=concept, round=number + 1)
        with CaptureQueriesContext(connection) as captured:
            Client().get(address)
        counts.append(len(captured))

    # A list of several pages asks once more: for its total.
    [one, ten, hundred] = counts
    assert (ten, hundred) == (one, one + (address == "/calls/"))
    assert Call.objects.count() == 100


@pytest.mark.parametrize(
    ("language", "title", "who"),
    [("", "海の公募", "応募できる"), ("/en", "The call of the sea", "Who can apply")],
)
def test_a_visitor_reads_a_call_and_its_deadline_first(db, language, title, who):
    CallFactory(slug="sea", title_ja="海の公募", title_en="The call of the sea")

    text = Client().get(f"{language}/calls/sea/").text

    closing = CLOSING[language.strip("/") or "ja"]
    assert title in text
    assert text.index(closing) < text.index(who)
    assert "/rules/K1/" in text


def test_a_call_in_draft_is_as_unknown_as_no_call(db):
    CallFactory(slug="secret", announced_at=None, opened_at=None)

    hidden, unknown = Client().get("/calls/secret/"), Client().get("/calls/absent/")

    assert hidden.status_code == unknown.status_code == HTTPStatus.NOT_FOUND
    assert body(hidden, "secret") == body(unknown, "absent")

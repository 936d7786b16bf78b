"""Every list can be taken away: the rows of the page, in its order and language."""

import csv
import io
import json
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils.translation import override
from tests.catalogue.factories import NewsFactory
from tests.catalogue.reading import tables_of, text_of

from banso.catalogue.views import LISTS

MARK = "\ufeff"
COLUMNS = [
    *("vision", "row_id", "created_on", "announced_on", "domain", "printed_otherwise"),
    *("concept_pdf_kb", "overview_pdf_kb", "funding_agency"),
]


def csv_rows(response):
    text = response.content.decode()
    assert text.startswith(MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK), newline="")))


def as_csv_writes(value):
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case _:
            return str(value)


@pytest.mark.parametrize("name", sorted(LISTS))
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_list_is_there_as_csv_and_json_with_the_same_rows(client, program, name, language):
    with override(language):
        addresses = [reverse(f"catalogue:{name}_{kind}") for kind in ("csv", "json")]

    as_csv, as_json = (client.get(address) for address in addresses)

    assert (as_csv.status_code, as_json.status_code) == (HTTPStatus.OK, HTTPStatus.OK)
    document = json.loads(as_json.content)
    names = [column["name"] for column in document["columns"]]
    assert csv_rows(as_csv) == [
        {key: as_csv_writes(row[key]) for key in names} for row in document["rows"]
    ]
    assert document["rows"]
    assert set(document) == {"columns", "rows", "licence", "as_of"}


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("concepts", "/concepts.csv"),
        ("concepts", "/concepts.json"),
        ("meetings", "/meetings.csv"),
        ("qa", "/qa.json"),
        ("news", "/news.csv"),
        ("documents", "/about/documents.csv"),
        ("links", "/about/links.json"),
        ("visions", "/about/visions.csv"),
        ("outreach", "/about/outreach.json"),
    ],
)
def test_files_stand_beside_their_pages(name, address):
    with override("ja"):
        assert reverse(f"catalogue:{name}_{address.rpartition('.')[2]}") == address


@pytest.mark.parametrize(("prefix", "language"), [("/", "ja"), ("/en/", "en")])
@pytest.mark.parametrize("query", ["", "?agency=NEDO&vision=2", "?domain=space-aviation"])
def test_the_concepts_file_says_what_the_page_says_row_by_row(
    client, program, prefix, language, query
):
    columns = "&".join(f"columns={name}" for name in COLUMNS)
    address = f"{prefix}concepts/{query}{'&' if query else '?'}{columns}"
    [shown] = tables_of(client.get(address).text)
    taken = csv_rows(client.get(f"{prefix}concepts.csv{query}"))

    missing = {"ja": "未掲載", "en": "Missing"}[language]
    assert len(shown) == len(taken)
    for cells, row in zip(shown, taken, strict=True):
        vision, row_id, created, announced, domain, title, printed, size, overview, agency = cells
        assert (vision, row_id, agency) == (row["vision"], row["row_id"], row["funding_agency"])
        assert (created == missing) == (not row["created_on"])
        year, _month, day = (row["created_on"] or row["announced_on"] or "--").split("-")
        written = created if row["created_on"] else announced
        assert year in written
        assert day.lstrip("0") in written
        assert domain == (row["domain"] or missing)
        assert title == row["title"]
        assert row["title_as_printed"] in {printed, title}
        for shown_kb, kb in ((size, row["concept_pdf_kb"]), (overview, row["overview_pdf_kb"])):
            assert shown_kb == (f"{int(kb):,}" if kb else missing)


def test_the_concepts_file_has_one_row_per_edition_with_dates_and_sizes(client, program):
    rows = csv_rows(client.get("/concepts.csv"))

    assert len(rows) == 26
    assert rows[14] == {
        "vision": "1",
        "row_id": "V1-R15",
        "edition": "1",
        "created_on": "2022-12-27",
        "announced_on": "",
        "domain": "領域横断・サイバー空間・バイオ",
        "title": "ハイブリッドクラウド利用基盤技術の開発",
        "printed_otherwise": "",
        "title_as_printed": "ハイブリッドクラウド利用基盤技術の開発",
        "concept_pdf_kb": "1301",
        "overview_pdf_kb": "",
        "funding_agency": "NEDO",
    }


def test_the_questions_file_says_what_the_page_says(client, program):
    page = text_of(client.get("/en/qa/").text)
    rows = client.get("/en/qa.json").json()["rows"]

    assert [row["number"] for row in rows] == list(range(1, 10))
    for row in rows:
        assert f"Q{row['number']} {row['question']} {row['answer']}" in page


def test_the_news_file_says_what_the_page_says(client, program):
    [shown] = tables_of(client.get("/news/").text)
    taken = csv_rows(client.get("/news.csv"))

    assert [cells[1] for cells in shown] == [row["title"] for row in taken]
    assert [row["published_on"] for row in taken][-1] == "2022-12-05"


@pytest.mark.convention("W10")
def test_a_title_that_a_spreadsheet_would_run_is_defused(client, db):
    NewsFactory(title_ja="=1+1")

    [row] = csv_rows(client.get("/news.csv"))

    assert row["title"] == "'=1+1"

import re
from html import unescape
from http import HTTPStatus

import pytest
from tests.catalogue.concepts import CORRECTED, PRINTED
from tests.catalogue.factories import ConceptEditionFactory
from tests.catalogue.reading import headers_of, tables_of, text_of

from banso.web.lists.listing import ROWS_ON_A_PAGE

# Every column that a visitor may choose.
ALL = {
    "columns": [
        *("vision", "row_id", "created_on", "announced_on", "domain", "printed_otherwise"),
        *("concept_pdf_kb", "overview_pdf_kb", "funding_agency"),
    ]
}


def row_of(html, row_id):
    """One row of the list by the names of its columns, as people read it."""
    [headers], [rows] = headers_of(html), tables_of(html)
    [found] = [row for row in rows if row[1] == row_id]
    return dict(zip(headers, found, strict=True))


@pytest.mark.convention("D7")
@pytest.mark.parametrize(
    ("address", "headers"),
    [
        (
            "/concepts/",
            [
                *("ビジョン", "行", "作成日", "発表日", "領域", "研究開発構想"),
                *("概要のサイズ（KB）", "研究推進法人"),
            ],
        ),
        (
            "/en/concepts/",
            [
                *("Vision", "Row", "Created on", "Announced on", "Domain", "R&D concept"),
                *("Size of the overview (KB)", "Funding agency"),
            ],
        ),
    ],
)
def test_the_list_has_the_columns_of_the_source_vision_by_vision(
    client, program, address, headers
):
    response = client.get(address)

    assert response.status_code == HTTPStatus.OK
    assert headers_of(response.text) == [headers]
    [rows] = tables_of(response.text)
    assert [row[0] for row in rows] == ["1"] * 19 + ["2"] * 7
    assert not response.cookies


def test_the_list_counts_the_rows_of_what_is_loaded(client, program):
    assert "26件" in text_of(client.get("/concepts/").text)
    assert "19件" in text_of(client.get("/concepts/?vision=1").text)


def test_both_editions_and_the_missing_overview_are_in_the_list(client, program):
    html = client.get("/concepts/", ALL).text

    first, second = row_of(html, "V1-R15"), row_of(html, "V1-R16")
    assert first | {"行": "V1-R16"} == second | {
        "作成日": "2022年12月27日",
        "研究開発構想": "ハイブリッドクラウド利用基盤技術の開発",
        "構想本文のサイズ（KB）": "1,301",
        "概要のサイズ（KB）": "未掲載",
    }
    assert second == {
        "ビジョン": "1",
        "行": "V1-R16",
        "作成日": "2023年3月10日",
        "発表日": "なし",
        "領域": "領域横断・サイバー空間・バイオ",
        "研究開発構想": "ハイブリッドクラウド利用基盤技術の開発(改定)",
        "題名（掲載のまま、異なる場合）": "なし",
        "構想本文のサイズ（KB）": "1,568",
        "概要のサイズ（KB）": "1,087",
        "研究推進法人": "NEDO",
    }


def test_printed_and_corrected_titles_are_together_in_the_list(client, program):
    row = row_of(client.get("/en/concepts/", ALL).text, "V1-R10")

    assert (row["R&D concept"], row["As printed, where it differs"]) == (CORRECTED, PRINTED)


def test_rows_without_date_or_domain_say_that_they_are_missing(client, program):
    html = client.get("/en/concepts/", ALL).text

    announced, bare = row_of(html, "V2-04"), row_of(html, "V2-05")
    assert (announced["Created on"], announced["Announced on"]) == ("Missing", "22 May 2024")
    assert [
        bare[name]
        for name in (
            *("Created on", "Domain", "Size of the concept (KB)", "Size of the overview (KB)"),
        )
    ] == ["Missing"] * 4


@pytest.mark.convention("A4")
def test_japanese_titles_are_marked_as_such_on_english_pages(client, program):
    html = client.get("/en/concepts/").text

    assert '<span lang="ja">ハイブリッドクラウド利用基盤技術の開発</span>' in html


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 26),
        ("vision=1", 19),
        ("vision=2", 7),
        ("agency=JST", 12),
        ("agency=NEDO", 14),
        ("domain=ocean", 4),
        ("domain=space-aviation", 8),
        ("domain=cross-domain", 7),
        ("domain=not-known", 7),
        ("domain=ocean&agency=JST", 3),
        ("domain=ocean&agency=JST&vision=1", 3),
        ("domain=ocean&agency=JST&vision=2", 0),
        ("domain=mountain", 0),
        ("agency=NASA", 0),
        ("vision=abc", 0),
    ],
)
def test_the_list_and_its_files_obey_the_same_filter(client, program, query, count):
    page = client.get(f"/concepts/?{query}")
    rows = client.get(f"/concepts.json?{query}").json()["rows"]

    [shown] = tables_of(page.text)
    assert len([row for row in shown if len(row) > 1]) == len(rows) == count


def test_a_filter_stays_chosen_and_leads_to_its_files(client, program):
    html = client.get("/concepts/?domain=ocean&agency=JST").text

    assert '<option value="ocean" selected>海洋</option>' in html
    assert '<option value="JST" selected>JST</option>' in html
    for form in ("csv", "xlsx", "json"):
        assert f'href="?domain=ocean&amp;agency=JST&amp;format={form}"' in html


def test_a_choice_that_fits_nothing_says_so(client, program):
    html = client.get("/en/concepts/?domain=ocean&vision=2").text

    assert "Nothing in this list matches what you chose." in html


def test_a_long_list_goes_on_over_pages_that_keep_the_filter(client, db):
    ConceptEditionFactory.create_batch(60)

    first = client.get("/concepts/?domain=ocean").text
    [following] = re.findall(r'rel="next" href="([^"]*)"', first)
    second = client.get(f"/concepts/{unescape(following)}").text

    assert [len(table) for table in tables_of(first)] == [50]
    assert [len(table) for table in tables_of(second)] == [10]
    assert ("domain=ocean" in following, "60件" in text_of(second)) == (True, True)


def test_before_anything_is_loaded_the_list_says_that_nothing_fits(client, db):
    assert "この条件に合う構想はありません。" in client.get("/concepts/").text


@pytest.mark.parametrize("count", [1, 10, 100])
def test_the_list_asks_the_same_number_of_questions_for_any_number(
    client, db, count, django_assert_num_queries
):
    ConceptEditionFactory.create_batch(count)

    # A list that does not fit on its page is counted.
    with django_assert_num_queries(5 + (count > ROWS_ON_A_PAGE)):
        html = client.get("/concepts/").text

    assert [len(table) for table in tables_of(html)] == [min(count, ROWS_ON_A_PAGE)]


@pytest.mark.parametrize("count", [1, 10, 100])
def test_the_files_ask_the_same_number_of_questions_for_any_number(
    client, db, count, django_assert_num_queries
):
    ConceptEditionFactory.create_batch(count)

    with django_assert_num_queries(5):
        lines = client.get("/concepts.csv").text.splitlines()

    assert len(lines) == count + 1

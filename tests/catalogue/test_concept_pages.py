from dataclasses import replace
from http import HTTPStatus

import pytest
from django.template import loader
from django.utils.translation import override
from tests.catalogue.factories import ConceptEditionFactory, ConceptFactory, VisionFactory
from tests.catalogue.reading import headers_of, tables_of, text_of

from banso.catalogue.commands.load_program import load_program
from banso.catalogue.program.rows import ProgramFiles
from banso.catalogue.queries import concept_counts, concept_page
from banso.people.actors import OPERATOR_AT_CONSOLE

PRINTED = "航空機的设计・製造・認証等のデジタル技術を用いた開発製造プロセス高度化技術の開発・実証"
CORRECTED = (
    "航空機の設計・製造・認証等のデジタル技術を用いた開発製造プロセス高度化技術の開発・実証"
)


def shown(slug, language="ja"):
    """The part of a concept's page that the catalogue writes."""
    with override(language):
        part = loader.get_template("catalogue/_concept.html")
        return part.render({"concept": concept_page(slug)})


@pytest.mark.convention("D7")
@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/concepts/", ["作成日", "領域", "研究開発構想", "概要", "研究推進法人"]),
        (
            "/en/concepts/",
            ["Created on", "Domain", "R&D concept", "Overview", "Funding agency"],
        ),
    ],
)
def test_each_vision_has_its_table_with_the_columns_of_the_source(
    client, program, address, headers
):
    response = client.get(address)

    assert response.status_code == HTTPStatus.OK
    assert headers_of(response.text) == [headers, headers]
    assert [len(table) for table in tables_of(response.text)] == [19, 7]
    assert not response.cookies


def test_the_list_counts_concepts_and_rows_of_what_is_loaded(client, program):
    text = text_of(client.get("/concepts/").text)

    assert "構想18件（1行に1つの版、全19行）" in text
    assert "構想7件（1行に1つの版、全7行）" in text


def test_both_editions_and_the_missing_overview_stand_in_the_list(client, program):
    [first, _second] = tables_of(client.get("/concepts/").text)

    assert [row for row in first if "ハイブリッドクラウド" in row[2]] == [
        [
            "2022年12月27日（令和4年）",
            "領域横断・サイバー空間・バイオ",
            "ハイブリッドクラウド利用基盤技術の開発 第1版（V1-R15） · PDF 1,301 KB",
            "未掲載",
            "NEDO",
        ],
        [
            "2023年3月10日（令和5年）",
            "領域横断・サイバー空間・バイオ",
            "ハイブリッドクラウド利用基盤技術の開発(改定) 第2版（V1-R16） · PDF 1,568 KB",
            "PDF 1,087 KB",
            "NEDO",
        ],
    ]


def test_printed_and_corrected_titles_stand_together_in_the_list(client, program):
    [first, _second] = tables_of(client.get("/en/concepts/").text)

    assert first[9] == [
        "27 December 2022",
        "Space and aviation",
        f"{CORRECTED} As printed: {PRINTED} Edition 1 (V1-R10) · PDF 1,083 KB",
        "PDF 729 KB",
        "NEDO",
    ]


def test_rows_without_date_or_domain_say_that_they_are_missing(client, program):
    [_first, second] = tables_of(client.get("/en/concepts/").text)

    assert second[3][:2] == ["Announced 22 May 2024", "Missing"]
    assert second[4] == [
        "Missing",
        "Missing",
        "高度な金属積層造形システム技術の開発・実証 Edition 1 (V2-05) · Missing: size of the text",
        "Missing",
        "NEDO",
    ]


@pytest.mark.convention("A4")
def test_japanese_titles_are_marked_as_such_on_english_pages(client, program):
    html = client.get("/en/concepts/").text

    assert '<span lang="ja">ハイブリッドクラウド利用基盤技術の開発</span>' in html


@pytest.mark.parametrize(
    ("query", "counts"),
    [
        ("", [19, 7]),
        ("vision=1", [19]),
        ("vision=2", [7]),
        ("agency=JST", [10, 2]),
        ("agency=NEDO", [9, 5]),
        ("domain=ocean", [4]),
        ("domain=space-aviation", [8]),
        ("domain=cross-domain", [7]),
        ("domain=not-known", [7]),
        ("domain=ocean&agency=JST", [3]),
        ("domain=ocean&agency=JST&vision=1", [3]),
        ("domain=ocean&agency=JST&vision=2", []),
        ("domain=mountain", []),
        ("agency=NASA", []),
        ("vision=abc", []),
    ],
)
def test_the_list_and_its_files_obey_the_same_filter(client, program, query, counts):
    page = client.get(f"/concepts/?{query}")
    rows = client.get(f"/concepts.json?{query}").json()["rows"]

    assert [len(table) for table in tables_of(page.text)] == counts
    assert len(rows) == sum(counts)


def test_a_filter_stays_chosen_and_leads_to_its_files(client, program):
    html = client.get("/concepts/?domain=ocean&agency=JST").text

    assert '<option value="ocean" selected>海洋</option>' in html
    assert '<option value="JST" selected>JST</option>' in html
    assert 'href="/concepts.csv?domain=ocean&amp;agency=JST"' in html
    assert 'href="/concepts.json?domain=ocean&amp;agency=JST"' in html


def test_a_choice_that_fits_nothing_says_so(client, program):
    html = client.get("/en/concepts/?domain=ocean&vision=2").text

    assert "No concept fits this choice." in html


def test_a_long_list_goes_on_over_pages_that_keep_the_filter(client, db):
    ConceptEditionFactory.create_batch(120)

    first = client.get("/concepts/?domain=ocean").text
    second = client.get("/concepts/?domain=ocean&page=2").text

    assert [len(table) for table in tables_of(first)] == [100]
    assert [len(table) for table in tables_of(second)] == [20]
    assert "構想120件（1行に1つの版、全120行）" in text_of(second)
    assert 'href="/concepts/?domain=ocean&amp;page=2"' in first
    assert 'href="/concepts/?domain=ocean&amp;page=1"' in second


def test_before_anything_is_loaded_the_list_says_that_nothing_fits(client, db):
    assert "この条件に合う構想はありません。" in client.get("/concepts/").text


@pytest.mark.parametrize("count", [1, 10, 100])
def test_the_list_asks_the_same_number_of_questions_for_any_number(
    client, db, count, django_assert_num_queries
):
    ConceptEditionFactory.create_batch(count)

    with django_assert_num_queries(7):
        html = client.get("/concepts/").text

    assert [len(table) for table in tables_of(html)] == [count]


@pytest.mark.parametrize("count", [1, 10, 100])
def test_the_files_ask_the_same_number_of_questions_for_any_number(
    client, db, count, django_assert_num_queries
):
    ConceptEditionFactory.create_batch(count)

    with django_assert_num_queries(5):
        lines = client.get("/concepts.csv").text.splitlines()

    assert len(lines) == count + 1


def test_a_concept_shows_its_editions_beside_each_other(program):
    html = shown("v1-r15")

    [columns] = headers_of(html)
    [compared] = tables_of(html)
    assert columns == ["項目", "第1版（V1-R15）", "第2版（V1-R16）", "変更"]
    title = "ハイブリッドクラウド利用基盤技術の開発"
    assert compared == [
        ["題名", title, f"{title}(改定)", "変更あり"],
        ["題名（掲載のまま）", title, f"{title}(改定)", "変更あり"],
        ["作成日", "2022年12月27日（令和4年）", "2023年3月10日（令和5年）", "変更あり"],
        ["構想本文のサイズ（KB）", "1,301", "1,568", "変更あり"],
        ["概要のサイズ（KB）", "未掲載", "1,087", "変更あり"],
    ]


def test_what_is_the_same_in_all_editions_says_so(db):
    concept = ConceptFactory()
    ConceptEditionFactory(concept=concept, number=1, overview_pdf_kb=700)
    ConceptEditionFactory(concept=concept, number=2)

    [compared] = tables_of(shown(concept.slug, "en"))

    assert [(row[0], row[-1]) for row in compared] == [
        ("Title", "The same"),
        ("Title as printed", "The same"),
        ("Created on", "The same"),
        ("Size of the concept (KB)", "The same"),
        ("Size of the overview (KB)", "Changed"),
    ]


def test_a_damaged_title_stands_beside_its_correction(program):
    text = text_of(shown("v1-r10", "en"))

    assert f"Title as printed {PRINTED} Corrected title {CORRECTED}" in text


def test_a_concept_without_damage_shows_one_title_only(program):
    assert "Title as printed" not in text_of(shown("v1-r05", "en"))


def test_a_missing_overview_is_said_on_the_concepts_page(program):
    assert "Overview: missing No one-page overview is recorded" in text_of(shown("v2-01", "en"))
    assert "Overview: missing" not in text_of(shown("v1-r15", "en"))


def test_call_type_and_budget_are_shown_with_their_source(program):
    text = text_of(shown("v1-r14", "en"))

    assert "Call type Individual research type Budget as printed 最大25億円 Source https" in text
    assert "Note first call, as quoted by a third party" in text


def test_a_concept_without_call_facts_has_no_place_for_them(program):
    assert "Call type and budget" not in text_of(shown("v1-r02", "en"))


def test_a_note_without_call_facts_is_still_shown(db):
    edition = ConceptEditionFactory(note="第二項目のみ")

    assert "Note 第二項目のみ" in text_of(shown(edition.concept.slug, "en"))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {"maturity": "", "has_foreseen_concern": None},
            "Maturity of the technology Missing Use of concern foreseen Missing",
        ),
        (
            {"maturity": "low", "has_foreseen_concern": False},
            "Maturity of the technology Low Use of concern foreseen No",
        ),
        (
            {"maturity": "high", "has_foreseen_concern": True},
            "Maturity of the technology High Use of concern foreseen Yes",
        ),
    ],
)
def test_the_two_facts_of_rule_r6_are_stated_or_missing(db, facts, words):
    edition = ConceptEditionFactory(concept=ConceptFactory(**facts))

    assert words in text_of(shown(edition.concept.slug, "en"))


def test_what_a_row_said_before_a_reload_can_be_read(program, own_files):
    rows = tuple(
        replace(row, overview_pdf_kb=None, title_en="Satellite constellations")
        if row.key == "V1-R05"
        else row
        for row in own_files.rows["concept"]
    )

    load_program(actor=OPERATOR_AT_CONSOLE, files=ProgramFiles({"concept": rows}))

    text = text_of(shown("v1-r05", "en"))
    assert "What it said before (1)" in text
    assert "Title in English: Missing → Satellite constellations" in text
    assert "Size of the overview (KB): 865 → Missing" in text


def test_a_concept_that_does_not_exist_has_no_page(client, db):
    VisionFactory()

    assert client.get("/concepts/v9-r99/").status_code == HTTPStatus.NOT_FOUND


def test_concepts_are_counted_by_domain_and_agency(program):
    assert concept_counts() == [
        ("", "JST", 2),
        ("", "NEDO", 5),
        ("cross-domain", "JST", 4),
        ("cross-domain", "NEDO", 2),
        ("ocean", "JST", 3),
        ("ocean", "NEDO", 1),
        ("space-aviation", "JST", 3),
        ("space-aviation", "NEDO", 5),
    ]

from dataclasses import replace
from http import HTTPStatus

import pytest
from tests.catalogue.concepts import CORRECTED, PRINTED, shown
from tests.catalogue.factories import ConceptEditionFactory, ConceptFactory, VisionFactory
from tests.catalogue.reading import headers_of, tables_of, text_of

from banso.catalogue.commands.load_program import load_program
from banso.catalogue.program.rows import ProgramFiles
from banso.catalogue.queries import concept_counts
from banso.people.actors import OPERATOR_AT_CONSOLE


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

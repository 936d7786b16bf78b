import datetime
from dataclasses import replace

import pytest
from tests.catalogue.loading.program_files import THEN, load

from banso.catalogue.models import (
    Concept,
    ConceptEdition,
    Meeting,
    NewsItem,
    ProgramText,
    PublicEdition,
    PublicVersion,
    Vision,
)
from banso.catalogue.program.rows import ProgramFiles
from banso.catalogue.program.shelves import stored_program
from banso.catalogue.queries import program_changes
from banso.ledger.models import Entry
from banso.people.actors import VISITOR
from banso.rulebook.verdicts import NotPermitted, RuleRefused

LATER = datetime.datetime(2027, 4, 1, 3, tzinfo=datetime.UTC)


def changed(files, kind, key, /, **fields):
    """The same files with one row's fields changed."""
    rows = tuple(replace(row, **fields) if row.key == key else row for row in files.rows[kind])
    return ProgramFiles({**files.rows, kind: rows})


def without(files, kind, key):
    rows = tuple(row for row in files.rows[kind] if row.key != key)
    return ProgramFiles({**files.rows, kind: rows})


def test_loading_the_same_again_is_refused_and_changes_nothing(program, own_files):
    version = PublicVersion.objects.current()

    assert program_changes(own_files) == ()
    with pytest.raises(RuleRefused, match="nothing-changed"):
        load(own_files)

    assert Entry.objects.count() == 1
    assert PublicVersion.objects.current() == version
    assert not PublicEdition.objects.exists()


def test_a_changed_row_keeps_what_it_said_before(db, own_files):
    load(own_files, at=THEN)
    anew = changed(own_files, "question", "4", a_en="Another answer.")

    load(anew, at=LATER)

    [kept] = PublicEdition.objects.all()
    before = next(row for row in own_files.rows["question"] if row.key == "4")
    assert (kept.record_kind, kept.record_key, kept.number, kept.replaced_at, kept.content) == (
        "question",
        "4",
        1,
        LATER,
        before.content,
    )
    assert stored_program().rows["question"] == anew.rows["question"]


def test_each_later_change_keeps_one_more_content(db, own_files):
    load(own_files, at=THEN)
    for number, size in enumerate((870, 880, 890)):
        load(
            changed(own_files, "concept", "V1-R05", overview_pdf_kb=size),
            at=LATER + datetime.timedelta(days=number),
        )

    kept = PublicEdition.objects.filter(record_key="V1-R05").order_by("number")

    assert [(each.number, each.content["overview_pdf_kb"]) for each in kept] == [
        (1, 865),
        (2, 870),
        (3, 880),
    ]


def test_changed_files_of_a_vision_or_a_meeting_replace_the_former_ones(program, own_files):
    fewer = changed(own_files, "vision", "1", files=own_files.rows["vision"][0].files[:1])
    both = changed(fewer, "meeting", "program-meeting-5", papers=True)

    load(both)

    assert [file.title_ja for file in Vision.objects.get(number=1).files.all()] == [
        "経済安全保障重要技術育成プログラム研究開発ビジョン(第一次)(概要)"
    ]
    assert not Meeting.objects.get(slug="program-meeting-5").papers.exists()
    assert program_changes(both) == ()


def test_a_revision_that_is_added_later_becomes_the_next_edition(program, own_files):
    revised = next(row for row in own_files.rows["concept"] if row.key == "V1-R07")
    revision = replace(
        revised,
        id="V1-R20",
        revision_of="V1-R07",
        created_on=datetime.date(2026, 5, 1),
        title=f"{revised.title}(改定)",
        title_en="Safe operation of small drones",
    )
    rows = (*own_files.rows["concept"], revision)

    load(ProgramFiles({"concept": rows}))

    concept = Concept.objects.get(slug="v1-r07")
    assert (concept.title, concept.title_en) == (revised.title, "Safe operation of small drones")
    editions = concept.editions.order_by("number")
    assert list(editions.values_list("number", "row_id")) == [(1, "V1-R07"), (2, "V1-R20")]
    assert Concept.objects.filter(vision__number=1).count() == 18


def test_the_facts_of_rule_r6_are_the_whole_concepts(program, own_files):
    stated = changed(own_files, "concept", "V1-R15", maturity="low", has_foreseen_concern=False)

    load(stated)

    concept = Concept.objects.get(slug="v1-r15")
    assert (concept.maturity, concept.has_foreseen_concern) == ("low", False)
    assert program_changes(stated) == ()


def test_a_record_that_its_source_dropped_is_kept_as_withdrawn(db, own_files):
    key = "2022-12-05 K Program ページ開設"
    load(own_files, at=THEN)

    load(without(own_files, "news", key), at=LATER)

    dropped = NewsItem.objects.get(title_ja="K Program ページ開設")
    assert dropped.withdrawn_at == LATER
    assert stored_program().withdrawn == {("news", key)}


def test_a_withdrawn_record_comes_back_with_its_source(db, own_files):
    load(own_files, at=THEN)
    load(without(own_files, "news", "2022-12-05 K Program ページ開設"), at=LATER)

    load(own_files, at=LATER)

    assert NewsItem.objects.get(title_ja="K Program ページ開設").withdrawn_at is None
    assert program_changes(own_files) == ()


def test_sections_that_a_file_leaves_out_stay_as_they_are(program, own_files):
    only_news = ProgramFiles({"news": own_files.rows["news"][:2]})

    load(only_news)

    assert ConceptEdition.objects.count() == 26
    assert NewsItem.objects.filter(withdrawn_at=None).count() == 2


def test_the_order_of_the_files_is_kept_when_a_row_comes_in_between(program, own_files):
    first, *others = own_files.rows["document"]
    between = replace(first, title_ja="新しい文書", dated=None)
    files = ProgramFiles({"document": (first, between, *others)})

    load(files)

    assert stored_program().rows["document"] == files.rows["document"]


def test_nobody_but_the_operator_loads_the_program(db, own_files):
    with pytest.raises(NotPermitted, match="load_program"):
        load(own_files, actor=VISITOR)

    assert not ProgramText.objects.exists()
    assert not Entry.objects.exists()


def test_a_load_dated_before_the_last_change_is_refused(db, own_files):
    load(own_files, at=THEN)
    load(changed(own_files, "concept", "V1-R05", overview_pdf_kb=870), at=LATER)

    with pytest.raises(RuleRefused, match="dated-before-the-previous"):
        load(own_files, at=THEN)

    assert ConceptEdition.objects.get(row_id="V1-R05").overview_pdf_kb == 870

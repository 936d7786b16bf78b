import datetime
from dataclasses import replace

import pytest
from tests.people.factories import OrganisationFactory

from banso.catalogue.commands.load_program import load_program
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
from banso.ledger.models import Detail, Entry
from banso.people.actors import OPERATOR_AT_CONSOLE, VISITOR
from banso.people.models import Organisation
from banso.rulebook.verdicts import NotPermitted, RuleRefused

THEN = datetime.datetime(2023, 4, 1, 3, tzinfo=datetime.UTC)
LATER = datetime.datetime(2027, 4, 1, 3, tzinfo=datetime.UTC)
PROBE = "無人機技術を用いた効率的かつ機動的な自律型無人探査機"
SURVEY = "による海洋観測・調査システムの構築"


def changed(files, kind, key, /, **fields):
    """The same files with one row's fields changed."""
    rows = tuple(replace(row, **fields) if row.key == key else row for row in files.rows[kind])
    return ProgramFiles({**files.rows, kind: rows})


def without(files, kind, key):
    rows = tuple(row for row in files.rows[kind] if row.key != key)
    return ProgramFiles({**files.rows, kind: rows})


def load(files, at=None, actor=OPERATOR_AT_CONSOLE):
    return load_program(actor=actor, files=files, at=at)


def test_the_first_vision_has_18_concepts_in_19_rows_and_the_second_its_own(program):
    first = Concept.objects.filter(vision__number=1)
    second = Concept.objects.filter(vision__number=2)

    assert first.count() == 18
    assert ConceptEdition.objects.filter(concept__vision__number=1).count() == 19
    assert first.filter(agency__short_name="JST").count() == 10
    assert first.filter(agency__short_name="NEDO").count() == 8
    assert second.count() == 7
    assert ConceptEdition.objects.filter(concept__vision__number=2).count() == 7


def test_a_revision_is_the_second_edition_of_its_concept(program):
    concept = Concept.objects.get(slug="v1-r15")

    assert concept.title == "ハイブリッドクラウド利用基盤技術の開発"
    assert list(
        concept.editions.order_by("number").values_list(
            "number", "row_id", "created_on", "overview_pdf_kb", "concept_pdf_kb"
        )
    ) == [
        (1, "V1-R15", datetime.date(2022, 12, 27), None, 1301),
        (2, "V1-R16", datetime.date(2023, 3, 10), 1087, 1568),
    ]


def test_only_one_row_of_the_printed_table_lacks_its_overview(program):
    printed = ConceptEdition.objects.filter(concept__vision__number=1)

    assert list(printed.filter(overview_pdf_kb=None).values_list("row_id", flat=True)) == [
        "V1-R15"
    ]


def test_titles_that_print_damaged_are_kept_beside_their_corrections(program):
    damaged = [
        (edition.row_id, edition.title_as_printed, edition.title)
        for edition in ConceptEdition.objects.order_by("row_id")
        if edition.title_as_printed != edition.title
    ]

    assert damaged == [
        ("V1-R01", f"{PROBE}(A V){SURVEY}", f"{PROBE}(AUV){SURVEY}"),
        (
            "V1-R10",
            "航空機的设计・製造・認証等のデジタル技術を用いた開発製造プロセス高度化技術の開発・実証",
            "航空機の設計・製造・認証等のデジタル技術を用いた開発製造プロセス高度化技術の開発・実証",
        ),
    ]


def test_what_is_not_known_stays_not_known(program):
    concept = Concept.objects.get(slug="v2-05")

    assert (concept.domain, concept.maturity, concept.has_foreseen_concern) == ("", "", None)
    [edition] = concept.editions.all()
    assert (edition.created_on, edition.announced_on) == (None, None)


def test_call_type_and_budget_come_with_their_source(program):
    edition = ConceptEdition.objects.get(row_id="V1-R14")

    assert (edition.call_type, edition.budget_as_printed, edition.call_source, edition.note) == (
        "individual-research",
        "最大25億円",
        "https://keizaianpoigi.wixsite.com/com-com/パブリック-コメント",
        "first call, as quoted by a third party",
    )


def test_everything_in_the_files_reads_back_as_it_was(program, own_files):
    stored = stored_program()

    assert {kind: set(rows) for kind, rows in stored.rows.items()} == {
        kind: set(rows) for kind, rows in own_files.rows.items()
    }
    for kind in ("news", "document", "link", "outreach", "meeting", "ministry", "agency"):
        assert stored.rows[kind] == own_files.rows[kind]


def test_meetings_know_what_is_known_of_their_papers(program):
    meetings = Meeting.objects.order_by("held_on").values_list(
        "slug", "has_papers", "summary_kb", "papers__title_ja"
    )

    assert list(meetings) == [
        ("program-meeting-1", True, 379, None),
        ("program-meeting-2", True, 318, None),
        ("program-meeting-3", True, 335, None),
        ("joint-session-2022-09-16", None, None, None),
        ("program-meeting-4", True, 860, None),
        ("program-meeting-5", True, None, "対外発信の取組状況に関するご報告"),
    ]


def test_the_bodies_become_organisations_under_their_names(program):
    assert set(Organisation.objects.values_list("kind", "short_name", "name_ja")) == {
        ("ministry", "", "内閣府"),
        ("ministry", "", "文部科学省"),
        ("ministry", "", "経済産業省"),
        ("funding-agency", "JST", "科学技術振興機構"),
        ("funding-agency", "NEDO", "新エネルギー・産業技術総合開発機構"),
    }


def test_an_organisation_that_is_registered_already_is_not_doubled(db, own_files):
    known = OrganisationFactory(kind="funding-agency", name_ja="科学技術振興機構", name_en="")

    load(own_files)

    known.refresh_from_db()
    assert (known.short_name, known.name_en) == ("JST", "Japan Science and Technology Agency")


def test_loading_writes_one_entry_that_names_every_row(db, own_files):
    program = load(own_files, at=THEN)

    [entry] = Entry.objects.all()
    assert (entry.actor_id, entry.act, entry.clause, entry.at, entry.subject_id) == (
        OPERATOR_AT_CONSOLE.person_id,
        "catalogue.load_program",
        "E1",
        THEN,
        str(program.pk),
    )
    [text] = Detail.objects.values_list("text", flat=True)
    for rows in own_files.rows.values():
        assert all(f'"{row.key}"' in text for row in rows)


def test_loading_raises_the_number_of_the_public_data_once(db, own_files):
    before = PublicVersion.objects.current()

    load(own_files)

    assert PublicVersion.objects.current() == before + 1


def test_the_number_of_the_public_data_is_made_when_it_is_not_there(db):
    PublicVersion.objects.all().delete()

    assert PublicVersion.objects.current() == 0
    PublicVersion.objects.bump()
    PublicVersion.objects.bump()
    assert PublicVersion.objects.current() == 2


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

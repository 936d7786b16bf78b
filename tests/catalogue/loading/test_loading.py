import datetime

from tests.catalogue.loading.program_files import THEN, load
from tests.people.factories import OrganisationFactory

from banso.catalogue.models import (
    Concept,
    ConceptEdition,
    Meeting,
    PublicVersion,
)
from banso.catalogue.program.shelves import stored_program
from banso.ledger.models import Detail, Entry
from banso.people.actors import OPERATOR_AT_CONSOLE
from banso.people.models import Organisation

PROBE = "無人機技術を用いた効率的かつ機動的な自律型無人探査機"
SURVEY = "による海洋観測・調査システムの構築"


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

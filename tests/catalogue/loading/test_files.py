"""Files that cannot be loaded say of every row what is wrong with it."""

import copy
import json

import pytest

from banso.catalogue.program.files import OWN_FILES, BadFilesError, read_program_files
from banso.catalogue.program.rows import StoredProgram

NOTHING_STORED = StoredProgram({})
NO_ADDRESS = "must be an address that begins with https:// or http://"
NO_SIZE = "must be whole kilobytes, without quotation marks"
NOT_THE_FIRST_ROWS = "must be that of V1-R15, whose concept this row revises"
CONCEPTS, PROGRAM = (json.loads(path.read_text(encoding="utf-8")) for path in OWN_FILES)


def faults_of(files, stored=NOTHING_STORED):
    with pytest.raises(BadFilesError) as bad:
        read_program_files(files, stored)
    return [str(fault) for fault in bad.value.faults]


def faults_with(change, stored=NOTHING_STORED):
    """Apply a change to fresh copies of the program's own documents, and read them."""
    concepts, program = copy.deepcopy(CONCEPTS), copy.deepcopy(PROGRAM)
    change({row["id"]: row for row in concepts["concepts"]}, program, concepts["concepts"])
    written = {"c.json": json.dumps(concepts).encode(), "p.json": json.dumps(program).encode()}
    return faults_of(written, stored)


def test_the_programs_own_files_are_in_order(own_files):
    assert {kind: len(rows) for kind, rows in own_files.rows.items()} == {
        "concept": 26,
        "program": 1,
        "ministry": 3,
        "agency": 2,
        "vision": 2,
        "meeting": 6,
        "question": 9,
        "news": 6,
        "document": 5,
        "link": 3,
        "outreach": 2,
    }


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("created_on", "2022-13-45", "must be a day that exists, written YYYY-MM-DD"),
        ("created_on", "2022/12/27", "must be a day that exists, written YYYY-MM-DD"),
        ("created_on", 20221227, "must be a day that exists, written YYYY-MM-DD"),
        ("announced_on", "2022-02-30", "must be a day that exists, written YYYY-MM-DD"),
        ("concept_pdf_kb", "1680", "must be whole kilobytes, without quotation marks"),
        ("concept_pdf_kb", 16.8, "must be whole kilobytes, without quotation marks"),
        ("overview_pdf_kb", 0, "must be whole kilobytes, without quotation marks"),
        ("overview_pdf_kb", True, "must be whole kilobytes, without quotation marks"),
        ("vision", "1", "must be a whole number from 1"),
        ("vision", 9, "9 is not known"),
        ("funding_agency", "NASA", "NASA is not known"),
        ("funding_agency", None, "must be a text"),
        ("domain", "山岳", "must be one of 海洋, 宇宙・航空, 領域横断・サイバー空間・バイオ"),
        ("call_type", "大型", "must be one of プロジェクト型, 個別研究型"),
        ("title", "", "must be a text"),
        ("title", "  ", "must be a text"),
        ("title", "a\nb", "must be one line"),
        ("title", "あ" * 301, "must not be longer than 300 characters"),
        ("note", "a\x00b", "holds a character that cannot be written"),
        ("source", "javascript:alert(1)", "must be an address that begins with"),
        ("source", "https://", "must be an address that begins with"),
        ("maturity", "ripe", "must be one of low, middle, high"),
        ("has_foreseen_concern", "no", "must be true, false or null"),
        ("revision_of", "V1-R99", "V1-R99 is not a row of the table"),
        ("revision_of", "V1-R04", "leads back to the row itself"),
        ("revision_of", "v1 r1", "must be capitals and digits joined by hyphens, like V1-R15"),
        ("budget_as_printed", "1億円", "must say where call_type and budget_as_printed are from"),
        ("colour", "red", "is not a field of this row"),
    ],
)
def test_a_wrong_value_is_named_with_row_field_and_reason(field, value, reason):
    def spoil(rows, program, listed):
        rows["V1-R04"][field] = value

    [fault] = faults_with(spoil)

    place = "call_source" if field == "budget_as_printed" else field
    assert fault.startswith(f"c.json: V1-R04: {place} {reason}")


def test_every_fault_of_every_row_is_listed_at_once():
    def spoil(rows, program, listed):
        rows["V1-R01"]["created_on"] = "yesterday"
        rows["V1-R02"]["funding_agency"] = "NASA"
        rows["V1-R03"]["concept_pdf_kb"] = "925"
        del rows["V1-R05"]["title"]
        del rows["V1-R06"]["id"]
        rows["V1-R08"]["id"] = "V1-R07"
        rows["V1-R16"]["revision_of"] = "V1-R99"
        program["news"][0]["on"] = None
        program["meetings"][0]["papers"][0]["kb"] = "many"
        program["program"]["funding_agencies"][0]["calls"] = "the web"

    assert faults_with(spoil) == [
        "c.json: V1-R01: created_on must be a day that exists, written YYYY-MM-DD",
        "c.json: V1-R03: concept_pdf_kb must be whole kilobytes, without quotation marks",
        "c.json: V1-R05: title is missing",
        "c.json: concepts row 6: id is missing",
        f"p.json: funding_agencies row 1: calls {NO_ADDRESS}",
        f"p.json: meetings row 1: papers has a wrong part: kb {NO_SIZE}",
        "p.json: news row 1: on must be a day that exists, written YYYY-MM-DD",
        "c.json: V1-R07 stands 2 times",
        "c.json: V1-R16: revision_of V1-R99 is not a row of the table",
    ]


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        pytest.param(
            {"vision": 2},
            [f"c.json: V1-R16: vision {NOT_THE_FIRST_ROWS}"],
            id="another-vision",
        ),
        pytest.param(
            {"funding_agency": "JST"},
            [
                f"c.json: V1-R16: funding_agency {NOT_THE_FIRST_ROWS}",
            ],
            id="another-agency",
        ),
        pytest.param(
            {"maturity": "low"},
            ["c.json: V1-R16: maturity is a fact of the whole concept: state it at V1-R15"],
            id="maturity-in-a-revision",
        ),
        pytest.param(
            {"created_on": None},
            ["c.json: V1-R16: created_on must have a day, because the row replaces V1-R15 (E1)"],
            id="no-day",
        ),
        pytest.param(
            {"created_on": "2022-12-26"},
            ["c.json: V1-R16: created_on must not be before 2022-12-27, the day of V1-R15 (E1)"],
            id="an-earlier-day",
        ),
    ],
)
def test_a_revision_has_to_fit_the_edition_that_it_replaces(change, faults):
    def spoil(rows, program, listed):
        rows["V1-R16"].update(change)

    assert faults_with(spoil) == faults


def test_a_revision_that_says_nothing_new_is_refused():
    def spoil(rows, program, listed):
        rows["V1-R16"].update({**rows["V1-R15"], "id": "V1-R16", "revision_of": "V1-R15"})

    assert faults_with(spoil) == [
        "c.json: V1-R16: created_on says nothing that V1-R15 does not say (E1)"
    ]


def test_a_row_is_revised_once():
    def spoil(rows, program, listed):
        listed.append({**rows["V1-R16"], "id": "V1-R20"})

    assert faults_with(spoil) == [
        "c.json: V1-R20: revision_of V1-R15 is revised by V1-R16 already"
    ]


def test_rows_that_revise_each_other_are_refused():
    def spoil(rows, program, listed):
        rows["V1-R15"]["revision_of"] = "V1-R16"

    assert faults_with(spoil) == [
        "c.json: V1-R15: revision_of leads back to the row itself",
        "c.json: V1-R16: revision_of leads back to the row itself",
    ]


def test_the_revision_of_an_unreadable_row_is_blamed_for_nothing():
    def spoil(rows, program, listed):
        rows["V1-R15"]["created_on"] = "yesterday"

    assert faults_with(spoil) == [
        "c.json: V1-R15: created_on must be a day that exists, written YYYY-MM-DD"
    ]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        pytest.param(b"{", ["f.json is not the JSON that we read"], id="not-json"),
        pytest.param(b"\xff\xfe{}", ["f.json is not UTF-8 at byte 0"], id="not-utf-8"),
        pytest.param(b"[]", ["f.json must be one JSON object"], id="a-list"),
        pytest.param(b"{}", ["f.json has no section of a program file"], id="nothing"),
        pytest.param(b'{"about": ""}', ["f.json has no section"], id="only-about"),
        pytest.param(
            b'{"news": [], "news": []}',
            ["f.json is not the JSON that we read: news is there twice in one object"],
            id="a-key-twice",
        ),
        pytest.param(b"[" * 100_000, ["f.json is not the JSON that we read"], id="too-deep"),
        pytest.param(
            b'{"news": [], "novels": []}',
            ["f.json: novels is not a section of a program file"],
            id="unknown-section",
        ),
        pytest.param(b'{"news": {}}', ["f.json: news must be a list of rows"], id="no-list"),
        pytest.param(b'{"news": [1]}', ["f.json: news row 1 must be an object"], id="no-object"),
        pytest.param(b'{"program": 1}', ["f.json: program must be an object"], id="no-program"),
    ],
)
def test_a_file_that_is_no_program_file_says_why(content, faults, own_files):
    stored = StoredProgram(own_files.rows)

    found = faults_of({"f.json": content}, stored)

    assert len(found) == len(faults)
    assert all(fault.startswith(start) for fault, start in zip(found, faults, strict=True))


def test_a_section_in_two_files_is_refused(own_files):
    stored = StoredProgram(own_files.rows)
    twice = {"a.json": b'{"news": []}', "b.json": b'{"news": []}'}

    assert faults_of(twice, stored) == ["b.json: news is in a.json already"]


def test_without_the_program_itself_nothing_is_loaded():
    assert faults_of({"n.json": b'{"news": []}'}) == [
        "program is neither in the files nor in the catalogue yet"
    ]


def test_a_file_of_one_section_is_read_against_the_catalogue(own_files):
    stored = StoredProgram(own_files.rows)
    content = json.dumps({"concepts": CONCEPTS["concepts"]}).encode()

    files = read_program_files({"c.json": content}, stored)

    assert files.rows == {"concept": own_files.rows["concept"]}


@pytest.mark.parametrize(
    ("section", "fault"),
    [
        ("concepts", "c.json: V1-R01 is missing: a concept that the catalogue has is never"),
        ("visions", "c.json: 1 is missing: a vision that the catalogue has is never"),
    ],
)
def test_a_row_on_which_others_rest_is_never_taken_away(own_files, section, fault):
    stored = StoredProgram(own_files.rows)
    rows = {"concepts": CONCEPTS["concepts"], "visions": PROGRAM["visions"]}[section][1:]

    found = faults_of({"c.json": json.dumps({section: rows}).encode()}, stored)

    assert found[0].startswith(fault)


def test_a_row_stays_with_its_concept(own_files):
    def spoil(rows, program, listed):
        rows["V1-R16"]["revision_of"] = None

    assert faults_with(spoil, StoredProgram(own_files.rows)) == [
        "c.json: V1-R16: revision_of must stay: the row is edition 2 of V1-R15"
    ]


def test_a_printed_title_is_not_lost_to_its_correction(own_files):
    def spoil(rows, program, listed):
        rows["V1-R10"]["title_as_printed"] = rows["V1-R10"]["title"]

    [fault] = faults_with(spoil, StoredProgram(own_files.rows))

    assert fault.startswith("c.json: V1-R10: title_as_printed must stay “航空機的设计・製造・認証")
    assert fault.endswith("の開発・実証”: a correction goes beside it, into title (E2)")

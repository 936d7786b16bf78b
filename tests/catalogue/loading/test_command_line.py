"""`banso load-program`, from the files to what it prints and its exit status."""

import argparse
import json

import pytest

from banso.catalogue.models import Concept, ConceptEdition, NewsItem
from banso.catalogue.program.files import OWN_FILES
from banso.ledger.models import Entry
from banso.site.console.content.load_program import run

CONCEPTS, PROGRAM = OWN_FILES


def load(*files, dry_run=False, as_json=False):
    return run(argparse.Namespace(files=list(files), dry_run=dry_run, json=as_json))


def edited(path, folder, change):
    """A copy of a file with a change."""
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    copy = folder / path.name
    copy.write_text(json.dumps(document), encoding="utf-8")
    return copy


def test_without_files_it_loads_k_program(db, capsys):
    assert load() == 0

    assert Concept.objects.count() == 25
    assert capsys.readouterr().out.endswith("Loaded. Records changed: 65\n")


def test_loading_twice_does_nothing_the_second_time(db, capsys):
    load()
    capsys.readouterr()

    assert load() == 0

    assert capsys.readouterr().out == "The catalogue says this already; nothing to do.\n"
    assert Entry.objects.count() == 1


def test_a_changed_file_shows_the_difference_and_is_loaded(db, capsys, tmp_path):
    load()
    capsys.readouterr()

    def change(document):
        document["concepts"][4]["overview_pdf_kb"] = 870
        document["concepts"][14]["overview_pdf_kb"] = 900
        document["concepts"][0]["note"] = "first call, as the agency itself announced it later on"

    assert load(edited(CONCEPTS, tmp_path, change)) == 0

    assert capsys.readouterr().out == (
        "changed   concept   V1-R01\n"
        "                    note:\n"
        "                      before: first call, as quoted by a third party\n"
        "                      after:  first call, as the agency itself announced it later on\n"
        "changed   concept   V1-R05\n"
        "                    overview_pdf_kb: 865 → 870\n"
        "changed   concept   V1-R15\n"
        "                    overview_pdf_kb: (missing) → 900\n"
        "Loaded. Records changed: 3\n"
    )
    assert ConceptEdition.objects.get(row_id="V1-R05").overview_pdf_kb == 870


def test_a_dry_run_shows_the_difference_and_changes_nothing(db, capsys, tmp_path):
    load()
    capsys.readouterr()
    shorter = edited(PROGRAM, tmp_path, lambda document: document["news"].pop())

    assert load(shorter, dry_run=True) == 0

    assert capsys.readouterr().out == (
        "withdrawn news      2022-12-05 K Program ページ開設\n"
        "Dry run: nothing was loaded. Records that would change: 1\n"
    )
    assert not NewsItem.objects.exclude(withdrawn_at=None).exists()


def test_json_is_one_document_alone(db, capsys, tmp_path):
    load()
    capsys.readouterr()
    changed = edited(
        PROGRAM, tmp_path, lambda document: document["meetings"][0].update(summary_kb=512)
    )

    assert load(changed, as_json=True) == 0

    printed = capsys.readouterr()
    assert json.loads(printed.out) == {
        "loaded": True,
        "changes": [
            {
                "kind": "meeting",
                "key": "program-meeting-5",
                "act": "changed",
                "differences": [{"field": "summary_kb", "before": None, "after": 512}],
            }
        ],
    }
    assert printed.err == ""


@pytest.mark.parametrize("as_json", [False, True])
def test_a_bad_file_lists_its_rows_and_reasons_and_changes_nothing(db, capsys, tmp_path, as_json):
    def spoil(document):
        document["concepts"][0]["created_on"] = "2022-13-45"
        document["concepts"][1]["funding_agency"] = "NASA"

    bad = edited(CONCEPTS, tmp_path, spoil)

    assert load(bad, PROGRAM, as_json=as_json) == 1

    printed = capsys.readouterr()
    assert printed.err == (
        f"banso: {bad}: V1-R01: created_on must be a day that exists, written YYYY-MM-DD\n"
        f"banso: {bad}: V1-R02: funding_agency NASA is not known\n"
        "banso: nothing was loaded; faults found: 2\n"
    )
    if as_json:
        assert json.loads(printed.out) == {
            "loaded": False,
            "faults": [
                {
                    "file": str(bad),
                    "row": "V1-R01",
                    "field": "created_on",
                    "reason": "must be a day that exists, written YYYY-MM-DD",
                },
                {
                    "file": str(bad),
                    "row": "V1-R02",
                    "field": "funding_agency",
                    "reason": "NASA is not known",
                },
            ],
        }
    assert not Concept.objects.exists()
    assert not Entry.objects.exists()


def test_a_file_that_is_not_there_is_a_slip_of_the_hand(db, capsys, tmp_path):
    assert load(tmp_path / "none.json") == 2

    assert (
        capsys.readouterr().err == f"banso: {tmp_path / 'none.json'}: No such file or directory\n"
    )

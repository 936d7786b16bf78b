"""The tools that judge the tests, on sources and reports that are known."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.lanes import lane
from tools.coverage_gate import shares
from tools.mutations import mutations

ROOT = Path(__file__).parents[3]
RULE = '''
def may(at, opens_at, is_held):
    """Allow from the opening instant."""
    if at < opens_at and not is_held:
        return False
    return at - opens_at
'''


def file(lines, of_lines, branches, of_branches):
    return {
        "summary": {
            "covered_lines": lines,
            "num_statements": of_lines,
            "covered_branches": branches,
            "num_branches": of_branches,
        }
    }


REPORT = {
    "files": {
        "src/banso/rulebook/calls/opening.py": file(10, 10, 4, 4),
        "src/banso/calls/views.py": file(60, 60, 10, 20),
        "src/banso/calls/forms.py": file(18, 20, 0, 0),
    }
}


def test_every_change_is_one_change():
    changes = {one.words for one in mutations(RULE)}

    assert changes == {
        ("at < opens_at", "at <= opens_at"),
        ("at < opens_at and (not is_held)", "at < opens_at or not is_held"),
        ("not is_held", "is_held"),
        ("at - opens_at", "at + opens_at"),
        ("False", "True"),
        ("return False", "return None"),
        ("return at - opens_at", "return None"),
        (
            "if at < opens_at and (not is_held): return False",
            "if not (at < opens_at and (not is_held)): return False",
        ),
    }


def test_a_change_leaves_the_next_one_the_module_as_it_was():
    sources = [one.source for one in mutations(RULE)]

    assert len(set(sources)) == len(sources)
    assert all(source.count("<=") <= 1 for source in sources)


def test_a_filter_loses_one_condition_at_a_time_and_only_where_it_was_asked():
    source = "def visible_to(self, viewer):\n    return self.filter(a=viewer, b__c=viewer)\n\ndef other():\n    return 1 < 2\n"

    changes = {one.words[1] for one in mutations(source, frozenset({"visible_to"}))}

    assert changes == {
        "self.filter(b__c=viewer)",
        "self.filter(a=viewer)",
        "return None",
    }


def test_lines_and_branches_count_alike_for_each_app():
    assert shares(REPORT) == {"calls": 0.88, "rulebook": 1.0}


@pytest.mark.parametrize(
    ("branches", "status"), [pytest.param(20, 0, id="enough"), pytest.param(10, 1, id="too-few")]
)
def test_an_app_that_is_too_low_fails_the_lane(tmp_path, branches, status):
    report = {"files": REPORT["files"] | {"src/banso/calls/views.py": file(60, 60, branches, 20)}}
    (tmp_path / "report.json").write_text(json.dumps(report))

    done = subprocess.run(
        [sys.executable, "tools/coverage_gate.py", tmp_path / "report.json"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == status
    assert ("below 95%" in done.stdout) == bool(status)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("tests/calls/test_pages.py::test_a", "calls"),
        (
            "src/banso/rulebook/japan.py::banso.rulebook.japan.fiscal_year",
            "examples in docstrings",
        ),
    ],
)
def test_a_lane_is_a_folder_of_tests(test, expected):
    assert lane(test) == expected

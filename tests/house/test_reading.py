"""Who reads by a conflict or by a place in a team is asked in one way, wherever it is asked."""

import ast
import re
from pathlib import Path

import pytest

import banso

SOURCE = Path(banso.__file__).parent
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
# The facts of a conflict, and where each may be asked about.
ASKED_IN = {
    r"Exclusion\b(?!\()": {
        *("proposals/models/__init__.py", "proposals/models/conflicts.py"),
        "proposals/front.py",  # counts them, for the rehearsal's stages
        "people/records/following.py",  # leads them from one record to the other, unread
        "review/commands/declare_conflict.py",
    },
    r"exclusions__": set(),
    r"viewer\.affiliations": {"proposals/models/conflicts.py", "proposals/queries/drafting.py"},
    r"affiliations__": {"proposals/models/conflicts.py", "rehearsal/queries.py"},
    # A proposal's team has no end; a project's has one, and is asked about by `in_team`.
    r"team__person_id": {"proposals/queries/drafting.py"},
    r"left_at=None": {"councils/models/membership.py"},
}
READERS = {"visible_to", "to_judge"}
# Readings of a proposal that somebody has already loaded through one of those.
LOADED_BEFORE = {
    # How many the rehearsal played is only counted.
    "proposals/front.py": {"filter"},
    # Whom an act concerns; what they may read is asked when it is told, through the titles.
    "proposals/events.py": {"filter"},
    "review/queries/reviewing.py": {"filter"},
    "review/queries/desk.py": {"filter"},
    "review/commands/assign_reviewer.py": {"filter"},
    "review/commands/submit_assessment.py": {"filter"},
}


def named(path):
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("pattern", ASKED_IN)
def test_a_fact_that_decides_reading_is_asked_about_in_its_own_places(pattern):
    found = {named(path) for path in MODULES if re.search(pattern, path.read_text("utf-8"))}

    assert found == ASKED_IN[pattern]


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_proposals_are_read_through_who_may_read_them(path):
    asked = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and ast.unparse(node.value) == "Proposal.objects"
    }

    assert asked <= READERS | LOADED_BEFORE.get(named(path), set())

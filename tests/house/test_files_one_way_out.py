"""Stored files leave the program through one module."""

import re
from pathlib import Path

import banso

SOURCES = Path(banso.__file__).parent
MAY_READ = {"web/downloads.py"}
READING = re.compile(r"\bread_verified\b|\bfile_store\(\)|\bStreamingHttpResponse\b")
# A bundle and the file of a list are made for their reader at that moment, and lie in no store.
MAY_SEND_FILES = {"web/downloads.py", "web/lists/files.py", "proofs/views/bundle.py"}


def modules_with(pattern):
    return {
        str(one.relative_to(SOURCES))
        for one in SOURCES.rglob("*.py")
        if re.search(pattern, one.read_text())
        and not one.is_relative_to(SOURCES / "web" / "file_store")
    }


def test_stored_bytes_are_read_for_an_answer_in_one_module():
    views = {one for one in modules_with(READING) if not one.startswith("site/console/")}

    assert views == MAY_READ


def test_no_view_sends_a_file_by_itself():
    assert modules_with(r"\bFileResponse\b") <= MAY_SEND_FILES

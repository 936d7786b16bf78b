"""Stored files leave the program through one module."""

import ast
import inspect
import re
from pathlib import Path

import banso
from banso.site.surface import audiences, routed

SOURCES = Path(banso.__file__).parent
# The second reads files to look into them, and sends them to nobody.
MAY_READ = {"web/downloads.py", "proposals/checking.py"}
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


def functions_that_reach(module, wanted):
    """Name the functions of a module that call one of these, or another function that does."""
    tree = ast.parse(inspect.getsource(module))
    called = {
        one.name: {node.id for node in ast.walk(one) if isinstance(node, ast.Name)}
        for one in tree.body
        if isinstance(one, ast.FunctionDef)
    }
    reached = set(wanted)
    while more := {name for name, names in called.items() if names & reached} - reached:
        reached |= more
    return reached - set(wanted)


def test_whoever_waits_for_the_file_store_says_so_where_it_is_routed():
    waiting, said = set(), set()
    for name, pattern in routed():
        view = inspect.unwrap(pattern.callback)
        module = inspect.getmodule(view)
        if not module.__name__.startswith("banso."):
            continue
        audience = audiences()[name]
        if view.__name__ in functions_that_reach(module, {"serve_file", "submit_proposal"}):
            waiting.add(name)
        if view.__name__ in functions_that_reach(module, {"store"}):
            assert audience.file_bytes, name
        if audience.reads_files:
            said.add(name)

    assert len(waiting) >= 4
    assert waiting <= said

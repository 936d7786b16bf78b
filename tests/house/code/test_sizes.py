"""No module is longer than a reader keeps in mind, and no folder wider than one look takes in."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOLDERS = ("src", "tests", "tools", "benchmarks")
LINES, FILES = 300, 12
# Each exception with its reason; one that is no longer needed fails.
LONG_MODULES = {
    "src/banso/ledger/verify.py": "one file, which an auditor reads alone and runs alone",
}
WIDE_FOLDERS = {
    "benchmarks": "one module per promise, which `banso bench NAME` finds by its name",
    "src/banso/web": "its fields and forms part into a room of their own when they stop changing",
}


def modules():
    return [
        path
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    ]


def long_modules(paths):
    return {path for path in paths if len(path.read_text("utf-8").splitlines()) > LINES}


def width(folder):
    """How many files of source a folder holds; `__init__.py` is the folder itself."""
    return sum(
        path.is_file()
        and path.name != "__init__.py"
        and path.suffix in {".py", ".html", ".css", ".js", ".svg", ".toml", ".json", ".typ"}
        for path in folder.iterdir()
    )


def wide_folders():
    folders = {
        folder
        for name in FOLDERS
        for folder in (ROOT / name).rglob("*")
        if folder.is_dir() and not {"migrations", "__pycache__"} & set(folder.parts)
    }
    folders |= {ROOT / name for name in FOLDERS}
    return {folder for folder in folders if width(folder) > FILES}


def named(paths):
    return {path.relative_to(ROOT).as_posix() for path in paths}


def test_no_module_is_too_long_but_those_with_a_reason():
    assert len(modules()) > 800
    assert named(long_modules(modules())) == LONG_MODULES.keys()


def test_no_folder_is_too_wide_but_those_with_a_reason():
    assert named(wide_folders()) == WIDE_FOLDERS.keys()


@pytest.mark.parametrize(("lines", "is_long"), [(LINES, False), (LINES + 1, True)])
def test_a_module_is_too_long_from_the_first_line_too_many(tmp_path, lines, is_long):
    module = tmp_path / "module.py"
    module.write_text("x = 1\n" * lines)

    assert bool(long_modules([module])) is is_long


def test_a_folder_is_as_wide_as_its_sources(tmp_path):
    for name in ("__init__.py", "a.py", "b.css", "c.html", "notes.md"):
        (tmp_path / name).touch()
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "d.py").touch()

    assert width(tmp_path) == 3

"""What code, tests, templates and documents cite can be looked up in a document."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
READ = (".py", ".html", ".toml", ".md", ".txt", ".js", ".css", ".sql")
# A definition begins a row or a line of a list in the document of its family.
FAMILIES = {
    "program.md": r"^\| ([CSRGKVEO]\d{1,2}) \|",
    "conventions.md": r"^- ([DAPJIWMHFN]\d{1,2}) ",
    "assurance.md": r"^\| ((?:A-|AS-|I|T)\d{1,3}) \|",
}
CHECK = re.compile(r"\b(?:A-\d{2,3}|AS-\d{1,2})\b")
CLAUSE = re.compile(r"\b(?:Clause|convention)\(\"([A-Z]\d{1,2})\"\)")
IN_BRACKETS = re.compile(r"\(((?:[CSRGKVEODAPJIWMHFN]\d{1,2})(?:(?:, | and |; )[A-Z]\d{1,2})*)\)")
BY_WORD = re.compile(r"\b(?:rule|rules|convention) ([CSRGKVEODAPJIWMHFN]\d{1,2})\b")
DOCUMENT = re.compile(r"\b(docs/[\w/.-]+\.(?:md|tsv|png))\b")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
# Tests that ask for a rule or a document which does not exist.
MADE_UP = {
    "tests/portal/test_rules.py",
    "tests/rulebook/verdicts/test_clauses.py",
    "tests/house/words/test_ids.py",
}


@cache
def defined():
    """Each ID of a document, once."""
    return [
        found
        for name, row in FAMILIES.items()
        for found in re.findall(row, (DOCS / name).read_text(encoding="utf-8"), re.MULTILINE)
    ]


@cache
def sources():
    folders = [ROOT / name for name in ("src", "tests", "tools", "benchmarks", "docs")]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in READ]
    return {
        name: path.read_text(encoding="utf-8")
        for path in [*files, *ROOT.glob("*.md")]
        if (name := path.relative_to(ROOT).as_posix()) not in MADE_UP
    }


def cited_in(text):
    yield from CHECK.findall(text)
    yield from CLAUSE.findall(text)
    yield from BY_WORD.findall(text)
    for several in IN_BRACKETS.findall(text):
        yield from re.findall(r"[A-Z]\d{1,2}", several)


def missing_from(known, texts):
    return sorted(
        {f"{name}: {each}" for name, text in texts.items() for each in cited_in(text)}
        - {f"{name}: {each}" for name in texts for each in known}
    )


@pytest.mark.parametrize("document", FAMILIES)
def test_no_id_is_defined_twice_in_a_document(document):
    found = re.findall(
        FAMILIES[document], (DOCS / document).read_text(encoding="utf-8"), re.MULTILINE
    )

    assert len(found) > 20
    assert sorted(found) == sorted(set(found))


def test_every_id_that_is_cited_is_defined_in_a_document():
    assert missing_from(frozenset(defined()), sources()) == []


@pytest.mark.parametrize("citation", ["(K99)", 'Clause("K99")', "rule K99", "(K1, K99)", "A-999"])
def test_a_citation_of_nothing_is_named(citation):
    invented = citation.strip("()").removeprefix("K1, ").removeprefix("rule ")
    invented = invented.removeprefix('Clause("').removesuffix('"')

    assert missing_from(frozenset(defined()), {"page.py": citation}) == [f"page.py: {invented}"]


def test_every_document_that_is_cited_exists():
    cited = {(name, path) for name, text in sources().items() for path in DOCUMENT.findall(text)}

    assert sorted((name, path) for name, path in cited if not (ROOT / path).exists()) == []


def test_every_link_of_a_document_leads_somewhere():
    links = {
        (name, target)
        for name, text in sources().items()
        if name.endswith(".md")
        for target in LINK.findall(text)
    }

    gone = [(name, to) for name, to in links if not ((ROOT / name).parent / to).exists()]
    assert sorted(gone) == []


def test_the_readme_of_the_documents_names_each_of_them():
    readme = (DOCS / "README.md").read_text(encoding="utf-8")

    named = set(LINK.findall(readme))
    assert named >= {path.name for path in DOCS.glob("*.md")} - {"README.md"}

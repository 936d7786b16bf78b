import ast
import importlib
import inspect
import pkgutil
from dataclasses import is_dataclass
from pathlib import Path

import pytest

from banso import rulebook
from banso.rulebook.verdicts import Verdict

MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(rulebook.__path__, "banso.rulebook.")
]
FOUNDATIONS = {"banso.rulebook.clauses", "banso.rulebook.verdicts"}
CLOCKS = {"now", "today", "utcnow", "time", "monotonic"}


def written_in(module):
    return ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8")))


def defined_in(module, kind):
    return [
        (name, found)
        for name, found in inspect.getmembers(module, kind)
        if found.__module__ == module.__name__ and not name.startswith("_")
    ]


RULES = [
    pytest.param(function, id=f"{module.__name__.rpartition('.')[2]}.{name}")
    for module in MODULES
    if module.__name__ not in FOUNDATIONS
    for name, function in defined_in(module, inspect.isfunction)
    if inspect.signature(function).return_annotation is Verdict
]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_takes_its_facts_by_name_only(rule):
    kinds = {parameter.kind for parameter in inspect.signature(rule).parameters.values()}

    assert kinds <= {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_facts_are_frozen(module):
    records = [found for _, found in defined_in(module, inspect.isclass) if is_dataclass(found)]

    assert [found for found in records if not found.__dataclass_params__.frozen] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_no_rule_reads_a_clock(module):
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in written_in(module)
        if isinstance(node, ast.Call)
    }

    assert called & CLOCKS <= ({"time"} if module.__name__.endswith("japan") else set())


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_the_rulebook_knows_the_standard_library_and_itself_only(module):
    imported = [
        alias.name if isinstance(node, ast.Import) else node.module
        for node in written_in(module)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    ]
    roots = {name.partition(".")[0] for name in imported if not name.startswith("banso.rulebook")}

    assert roots <= {
        "ast",
        "collections",
        "dataclasses",
        "datetime",
        "enum",
        "functools",
        "importlib",
        "pathlib",
        "re",
        "tomllib",
        "types",
        "typing",
        "unicodedata",
    }

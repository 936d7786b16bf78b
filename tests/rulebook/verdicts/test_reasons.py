import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

from banso import rulebook
from banso.rulebook.clauses import all_clauses
from banso.rulebook.reasons import all_reasons, reasons_of
from banso.rulebook.verdicts import Clause

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(rulebook.__path__, "banso.rulebook.")
    if not module.ispkg
)
FOUNDATIONS = {"banso.rulebook.clauses", "banso.rulebook.verdicts"}
TESTS = Path(__file__).parents[1]


def refusals_in(name):
    module = importlib.import_module(name)
    for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Attribute(attr="refuse", value=ast.Name(id=constant))):
                clause = getattr(module, constant)
                assert isinstance(clause, Clause)
                yield clause.id, ast.literal_eval(node.args[0])
            case ast.Call(func=ast.Attribute(attr="refuse")):
                pytest.fail(f"{name}:{node.lineno}: name the clause whose refusal this is")


def test_the_reasons_are_those_of_the_rules_that_are_imported():
    read = {(clause, reason) for clause, reasons in all_reasons().items() for reason in reasons}
    refused = {found for name in MODULES if name not in FOUNDATIONS for found in refusals_in(name)}

    assert len(refused) > 50
    assert read == refused


def test_only_rules_that_refuse_have_reasons():
    assert all_reasons().keys() <= {rule.id for rule in all_clauses() if rule.refuses}


def test_a_reason_that_a_rule_gives_twice_is_listed_once_where_it_stands_first():
    assert reasons_of("K5") == ("not-submitted", "closing-is-paused", "call-has-closed")


def test_a_rule_that_refuses_nothing_lists_nothing():
    assert reasons_of("E4") == ()


def test_only_the_foundations_build_a_verdict_by_hand():
    builders = {
        name
        for name in MODULES
        for node in ast.walk(
            ast.parse(Path(importlib.import_module(name).__file__).read_text(encoding="utf-8"))
        )
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Verdict"
    }

    assert builders == {"banso.rulebook.verdicts"}


@pytest.mark.parametrize(
    ("clause", "reason"),
    sorted((clause, reason) for clause, reasons in all_reasons().items() for reason in reasons),
)
def test_every_reason_is_asserted_in_a_test(clause, reason):
    tests = [path for path in TESTS.rglob("test_*.py") if path.name != Path(__file__).name]

    assert any(f'"{reason}"' in path.read_text(encoding="utf-8") for path in tests)

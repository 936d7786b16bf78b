"""Every rule has a clause, a page in both languages, and a way in which it is kept."""

import ast
import importlib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

from banso.rulebook.clauses import all_clauses, clause_record
from banso.rulebook.reasons import NOT_BUILT_YET
from banso.rulebook.verdicts import Clause

TESTS = Path(__file__).parents[2]
RULES = [rule.id for rule in all_clauses()]


# Rules that no verdict keeps: the constraint of the database that does.
KEPT_BY_CONSTRAINT = {
    "C9": "one_bylaws_per_number",
    "C10": "agenda_item_of_a_kind_in_the_act",
}
# Rules that no verdict keeps: a test of what they promise, which asserts it.
KEPT_BY_WHAT_IS_SHOWN = {
    "S4": "rulebook/test_secrecy.py::test_silence_is_owed_for_what_was_received_until_it_is_free",
    "S5": "protected/test_offering.py::test_nobody_else_releases",
    "R1": "rulebook/results/test_results.py::test_a_result_is_open_by_default",
    "V5": "rulebook/test_review.py::test_a_call_without_criteria_has_the_two_of_the_program",
    "E3": "portal/test_data_and_help.py::test_every_file_on_the_data_page_can_be_taken",
}


def is_a_verdicts(node):
    """Whether the expression reads the clause of a verdict."""
    match node:
        case ast.Attribute(attr="id", value=ast.Attribute(attr="clause")):
            return True
        case ast.Attribute(attr="clause"):
            return True
    return False


def compares_a_clause(node):
    if not (isinstance(node, ast.Assert) and isinstance(node.test, ast.Compare)):
        return False
    sides = [node.test.left, *node.test.comparators]
    parts = [part for side in sides for part in getattr(side, "elts", [side])]
    return isinstance(node.test.ops[0], ast.Eq) and any(map(is_a_verdicts, parts))


def clauses_named_in(function, constants):
    """Rules by their ID, or by the constant of the rulebook that stands for it."""
    for node in ast.walk(function):
        match node:
            case ast.Constant(value=str(word)) if word in RULES:
                yield word
            case ast.Name(id=name) if name in constants:
                yield constants[name]


def verdicts_asserted(source):
    """Rules of which a test of this source asserts a verdict, clause and reason."""
    module = ast.parse(source)
    constants = clause_constants(module)
    return {
        rule
        for function in module.body
        if isinstance(function, ast.FunctionDef) and function.name.startswith("test_")
        if any(map(compares_a_clause, ast.walk(function)))
        for rule in clauses_named_in(function, constants)
    }


def clause_constants(module):
    imported = [
        (alias.asname or alias.name, getattr(importlib.import_module(node.module), alias.name))
        for node in module.body
        if isinstance(node, ast.ImportFrom) and node.module.startswith("banso.rulebook")
        for alias in node.names
        if alias.name.isupper()
    ]
    return {name: value.id for name, value in imported if isinstance(value, Clause)}


def sources_of_rule_tests():
    # `test_verdicts.py` proves how verdicts are made, with any rule.
    return [
        path.read_text(encoding="utf-8")
        for path in (TESTS / "rulebook").rglob("test_*.py")
        if path.name != "test_verdicts.py"
    ]


@cache
def rules_with_a_verdict():
    return frozenset().union(*(verdicts_asserted(source) for source in sources_of_rule_tests()))


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_page_in_both_languages(client, db, rule):
    record = clause_record(rule)

    japanese = client.get(f"/rules/{rule}/").text
    english = client.get(f"/en/rules/{rule}/").text

    assert f"{rule} {record.title_ja}" in japanese
    assert f"{rule} {record.title_en}".replace("&", "&amp;") in english.replace("&#39;", "'")


def test_every_rule_is_kept_in_exactly_one_way_or_its_page_says_that_it_is_not_built():
    ways = [rules_with_a_verdict(), KEPT_BY_CONSTRAINT, KEPT_BY_WHAT_IS_SHOWN, NOT_BUILT_YET]

    assert Counter(rule for way in ways for rule in way) == Counter(RULES)


def test_each_constraint_that_keeps_a_rule_exists():
    constraints = {
        constraint.name for model in apps.get_models() for constraint in model._meta.constraints
    }

    assert set(KEPT_BY_CONSTRAINT.values()) <= constraints


@pytest.mark.parametrize("keeper", KEPT_BY_WHAT_IS_SHOWN.values())
def test_each_test_that_keeps_a_rule_asserts_something(keeper):
    path, _, name = keeper.partition("::")
    module = ast.parse((TESTS / path).read_text(encoding="utf-8"))

    [function] = [node for node in module.body if getattr(node, "name", "") == name]
    assert any(isinstance(node, ast.Assert) for node in ast.walk(function))


def without_assertions_of(source, rule):
    """The source as it would be had somebody taken out what it asserts of the rule."""
    module = ast.parse(source)
    constants = clause_constants(module)
    for function in module.body:
        if isinstance(function, ast.FunctionDef) and rule in clauses_named_in(function, constants):
            function.body = [
                ast.Pass() if compares_a_clause(node) else node for node in function.body
            ]
    return ast.unparse(module)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_whose_assertions_are_taken_out_is_missed(rule):
    left = set().union(
        *(
            verdicts_asserted(without_assertions_of(source, rule))
            for source in sources_of_rule_tests()
        )
    )

    assert rule not in left

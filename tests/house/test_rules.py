"""Every rule of the program has a clause, a page in both languages, and a test that names it."""

import re
from functools import cache
from pathlib import Path

import pytest

from banso.rulebook.clauses import all_clauses, clause_record

TESTS = Path(__file__).parents[1]
# As in PROGRAM.md, section 3: an ID never changes.
LAST = {"C": 10, "S": 8, "R": 7, "G": 6, "K": 9, "V": 6, "E": 4}
RULES = [f"{letter}{number}" for letter, last in LAST.items() for number in range(1, last + 1)]


@cache
def named_in_tests():
    written = " ".join(
        path.read_text(encoding="utf-8")
        for path in TESTS.rglob("test_*.py")
        if path != Path(__file__)
    )
    return set(re.findall(r"\b[CSRGKVE][0-9]{1,2}\b", written))


def test_the_rulebook_has_the_rules_of_the_program_in_their_order():
    assert [rule.id for rule in all_clauses()] == RULES


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_page_in_both_languages(client, db, rule):
    record = clause_record(rule)

    japanese = client.get(f"/rules/{rule}/").text
    english = client.get(f"/en/rules/{rule}/").text

    assert f"{rule} {record.title_ja}" in japanese
    assert f"{rule} {record.title_en}".replace("&", "&amp;") in english.replace("&#39;", "'")


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_named_in_a_test(rule):
    assert rule in named_in_tests()

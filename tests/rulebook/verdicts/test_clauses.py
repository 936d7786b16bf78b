import re
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

import pytest

from banso.rulebook.clauses import (
    ClausesError,
    all_clauses,
    clause_record,
    duty_text,
    in_force,
    program_started_on,
    read_clauses,
    source_clause,
    source_clauses,
    sources,
)

# Every rule of docs/program.md with its basis, as it is there.
BASIS_IN_PROGRAM = {
    rule: basis
    for rule, _, basis in re.findall(
        r"^\| ([CSRGKVEO]\d{1,2}) \| (.+) \| ([^|]+) \|$",
        (Path(__file__).parents[3] / "docs/program.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
}
SOURCES_IN_PROGRAM = ["act", "qa", "diet", "site", "common", "call", "bylaws", "secrets", "banso"]
SUBJECTS = {
    "C": "council",
    "S": "secrecy",
    "R": "result",
    "G": "project",
    "K": "call",
    "V": "review",
    "E": "edition",
    "O": "office",
}
# Sources that docs/program.md cites by their bare name where we cite one clause of theirs.
CITED_WHOLE = ("diet", "secrets")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
PENALTY_REWORDED = date(2026, 6, 17)
SHIPPED = resources.files("banso.rulebook").joinpath("clauses.toml").read_text(encoding="utf-8")


def as_in_program(basis):
    cited = []
    for clause in basis:
        key, _, number = clause.partition(" ")
        cited.append((key, "" if key in CITED_WHOLE else number))
    return list(dict.fromkeys(cited))


def from_program(basis):
    cited = []
    for part in basis.split("; "):
        key, _, numbers = part.partition(" ")
        cited += [(key, number) for number in numbers.split(", ")]
    return cited


def test_no_rule_of_the_program_is_taken_out_or_numbered_anew():
    letters = dict.fromkeys(rule[0] for rule in BASIS_IN_PROGRAM)
    numbered = {
        letter: [int(rule[1:]) for rule in BASIS_IN_PROGRAM if rule[0] == letter]
        for letter in letters
    }

    assert "".join(letters) == "CSRGKVEO"
    assert all(found == list(range(1, len(found) + 1)) for found in numbered.values())


def test_the_rules_are_those_of_the_program_in_its_order():
    assert [rule.id for rule in all_clauses()] == list(BASIS_IN_PROGRAM)


@pytest.mark.parametrize("rule", all_clauses(), ids=lambda rule: rule.id)
def test_a_rule_rests_on_what_the_program_says(rule):
    assert as_in_program(rule.basis) == from_program(BASIS_IN_PROGRAM[rule.id])


@pytest.mark.parametrize("rule", all_clauses(), ids=lambda rule: rule.id)
def test_a_rule_has_its_subject_and_speaks_both_languages(rule):
    pairs = [
        (rule.title_ja, rule.title_en),
        (rule.text_ja, rule.text_en),
        (rule.permitted_ja, rule.permitted_en),
        (rule.refused_ja, rule.refused_en),
    ]

    assert rule.subject == SUBJECTS[rule.id[0]]
    assert all(JAPANESE.search(japanese) for japanese, _ in pairs)
    assert all(re.search("[a-z]{3}", english) for _, english in pairs)


@pytest.mark.parametrize("rule", all_clauses(), ids=lambda rule: rule.id)
def test_japanese_sentences_are_polite_and_end_with_a_full_stop(rule):
    texts = [rule.text_ja, rule.permitted_ja, rule.refused_ja]
    spoken = [re.sub(r"\([^)]*\)", "", text) for text in texts]
    endings = [sentence for text in spoken for sentence in text.split("。")]

    assert all(text.endswith("。") for text in spoken)
    assert [each for each in endings if not re.search("(ます|です|ません|)$", each)] == []


@pytest.mark.parametrize("rule", all_clauses(), ids=lambda rule: rule.id)
def test_an_example_permits_something_else_than_it_refuses(rule):
    examples = {rule.permitted_ja, rule.refused_ja, rule.permitted_en, rule.refused_en}

    assert len(examples) == 4


def test_a_rule_without_its_own_date_says_so_and_counts_from_the_start():
    undated = [rule for rule in all_clauses() if rule.in_force_from is None]

    assert undated
    assert all(rule.note_ja and rule.note_en for rule in undated)
    assert all(in_force(rule.id, program_started_on()) for rule in undated)
    assert not any(in_force(rule.id, program_started_on() - timedelta(days=1)) for rule in undated)


@pytest.mark.parametrize("rule", all_clauses(), ids=lambda rule: rule.id)
def test_a_rule_is_not_older_than_the_program_nor_than_all_that_it_rests_on(rule):
    starts_on = rule.in_force_from or program_started_on()
    rests_on = [
        clause.in_force_from or program_started_on()
        for clause in source_clauses()
        if clause.id in rule.basis
    ]

    assert starts_on >= program_started_on()
    assert starts_on >= min(rests_on)


def test_the_act_binds_from_the_day_on_which_its_chapter_came_into_force():
    assert [in_force("C3", date(2022, 7, 31)), in_force("C3", date(2022, 8, 1))] == [False, True]


def test_a_rule_of_another_name_is_not_in_the_book():
    assert clause_record("Z9") is None
    with pytest.raises(LookupError, match="Z9"):
        in_force("Z9", date(2027, 4, 1))


def test_the_sources_are_those_of_the_program_in_its_order():
    assert [source.key for source in sources()] == SOURCES_IN_PROGRAM


def test_only_the_promises_of_banso_and_the_open_default_never_refuse():
    gentle = {rule.id for rule in all_clauses() if not rule.refuses}

    assert gentle == {"R1", "R2", "R3", "E3", "E4"}


def test_every_clause_of_a_source_is_cited_by_a_rule():
    cited = {clause for rule in all_clauses() for clause in rule.basis}

    assert {clause.id for clause in source_clauses()} == cited


@pytest.mark.parametrize("clause", source_clauses(), ids=lambda clause: clause.id)
def test_a_clause_of_a_source_speaks_both_languages(clause):
    assert JAPANESE.search(clause.title_ja)
    assert JAPANESE.search(clause.text_ja)
    assert re.search("[a-z]{3}", clause.title_en)
    assert re.search("[a-z]{3}", clause.text_en)


@pytest.mark.parametrize(
    ("on", "word_ja", "word_en"),
    [
        pytest.param(date(2022, 8, 1), "懲役", "懲役", id="as-enacted"),
        pytest.param(date(2026, 6, 16), "懲役", "懲役", id="the-day-before"),
        pytest.param(date(2026, 6, 17), "拘禁刑", "拘禁刑", id="reworded"),
        pytest.param(date(2031, 1, 1), "拘禁刑", "拘禁刑", id="later"),
    ],
)
def test_the_consent_screen_shows_the_penalty_of_the_day(on, word_ja, word_en):
    shown = duty_text(on)

    assert f"1年以下の{word_ja}または50万円以下の罰金" in shown.penalty_ja
    assert word_en in shown.penalty_en
    assert "¥500,000" in shown.penalty_en
    assert "漏らしてはなら" in shown.text_ja
    assert "must not, without just reason, leak or misuse" in shown.text_en


def test_the_reworded_penalty_says_from_when_its_word_is_confirmed():
    before = duty_text(PENALTY_REWORDED - timedelta(days=1))
    after = duty_text(PENALTY_REWORDED)

    assert (before.note_ja, before.note_en) == (None, None)
    assert "2026年6月17日" in after.note_ja
    assert "17 June 2026" in after.note_en


def test_there_is_no_duty_to_show_before_the_act_was_in_force():
    with pytest.raises(LookupError, match="2022-07-31"):
        duty_text(date(2022, 7, 31))


def test_a_clause_of_an_unknown_source_has_no_wording():
    assert source_clause("act 99", on=date(2027, 4, 1)) is None


def test_the_wordings_of_one_clause_follow_each_other_without_a_gap():
    wordings = [clause for clause in source_clauses() if clause.id == "act 95"]

    assert [(each.in_force_from, each.in_force_until) for each in wordings] == [
        (date(2022, 8, 1), PENALTY_REWORDED),
        (PENALTY_REWORDED, None),
    ]


@pytest.mark.parametrize(
    ("found", "put", "complaint"),
    [
        pytest.param('id = "C2"', 'id = "C1"', "rule: more than once", id="rule-twice"),
        pytest.param('key = "qa"', 'key = "act"', "source: more than once", id="source-twice"),
        pytest.param('key = "qa"', 'key = "faq"', "clauses of no source", id="no-source"),
        pytest.param('basis = ["qa 5"]', 'basis = ["qa 99"]', "C2: its basis", id="no-clause"),
        pytest.param('basis = ["qa 5"]', "basis = []", "C2: its basis", id="no-basis"),
        pytest.param('basis = ["qa 5"]', "basis = [5]", "wrong type", id="basis-of-numbers"),
        pytest.param('basis = ["qa 5"]', 'basis = "qa 5"', "wrong type", id="basis-no-list"),
        pytest.param("refuses = true", 'refuses = "yes"', "wrong type", id="refuses-a-word"),
        pytest.param("refuses = true", "refused = true", "unknown", id="unknown-key"),
        pytest.param('subject = "council"', "", "wrong type", id="no-subject"),
        pytest.param('subject = "council"', 'subject = " "', "wrong type", id="blank-subject"),
        pytest.param("dated = 2022-05-18", "dated = 2022", "wrong type", id="no-date"),
        pytest.param(
            "dated = 2022-05-18",
            "dated = 2022-05-18T00:00:00",
            "wrong type",
            id="an-instant-for-a-day",
        ),
        pytest.param(
            "in_force_until = 2026-06-17", "", "act 95: its periods overlap", id="overlap"
        ),
        pytest.param(
            'basis = ["banso"]\nrefuses = false',
            'basis = ["banso"]\nrefuses = true',
            "never refuses",
            id="a-promise-that-refuses",
        ),
    ],
)
def test_a_file_of_another_shape_is_refused_loudly(found, put, complaint):
    broken = SHIPPED.replace(found, put, 1)

    assert broken != SHIPPED
    with pytest.raises(ClausesError, match=complaint):
        read_clauses(broken)


def test_a_promise_of_banso_beside_a_binding_source_may_refuse():
    mixed = SHIPPED.replace(
        'basis = ["banso"]\nrefuses = false', 'basis = ["banso", "site"]\nrefuses = true'
    )

    assert read_clauses(mixed).rules["E4"].refuses

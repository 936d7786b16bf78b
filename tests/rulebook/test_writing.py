"""Text that nobody sees is no text."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banso.rulebook.calls.opening import may_extend
from banso.rulebook.councils import may_answer
from banso.rulebook.projects import missing_measures
from banso.rulebook.review import has_outcome
from banso.rulebook.writing import (
    breaks_or_reorders,
    hides,
    is_written,
    on_one_line,
    without_hidden,
)

CLOSES = datetime(2027, 5, 31, 3, tzinfo=UTC)

UNSEEN = "\u200b\u2800\u3164\u115f\u1160\uffa0\u00ad\ufeff\u3000 \t\n\u0301\ufe0f\u2060"


@given(text=st.text(alphabet=UNSEEN))
def test_text_of_characters_that_show_nothing_is_not_visible(text):
    assert not is_written(text)


@pytest.mark.parametrize("text", ["a", "海", "\u200b1", "ｱ", "が", "—", "👩\u200d🔬"])
def test_text_with_one_character_that_shows_is_visible(text):
    assert is_written(text)


@given(text=st.text())
def test_taking_out_what_hides_changes_nothing_that_shows(text):
    assert is_written(without_hidden(text)) == is_written(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("受領\u202e番号", "U+202E"),
        ("a\x1bb", "U+001B"),
        ("a\x0cb", "U+000C"),
        ("a\u2028b", "U+2028"),
        ("a\x00", "U+0000"),
        ("a\u2067b", "U+2067"),
        ("a\nb\tc", ""),
        ("👩\u200d🔬", ""),
    ],
)
def test_what_breaks_or_turns_a_line_is_named(text, code):
    assert breaks_or_reorders(text) == code


INVISIBLE = "\u200b\u2800\u3164\u115f\u3000"


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        (has_outcome(reasons=INVISIBLE), "result-has-no-reasons"),
        (
            may_answer(
                is_research_side=True, already_answered=False, answer="adopt", reason=INVISIBLE
            ),
            "answer-has-no-reason",
        ),
        (
            may_extend(reason=INVISIBLE, decided_by={1, 2}, closes_at=CLOSES, extended_to=CLOSES),
            "extension-has-no-reason",
        ),
        (
            missing_measures(
                core_technologies={"x"},
                measures=INVISIBLE,
                states_there_is_none=False,
                yearly_amount_yen=1,
                mandatory_from_yen=2,
            ),
            "no-measures-against-leaks",
        ),
    ],
)
def test_a_rule_takes_text_that_nobody_sees_for_no_text(verdict, reason):
    assert verdict.reason == reason


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\r\n\u2028 b", "a b"),
        ("a\x1b[2J\x0cb\x85c", "a\ufffd[2J b c"),
        ("受領\u202e番号\u200b", "受領\ufffd番号"),
        ("\tx\ty", "x y"),
    ],
)
def test_any_text_becomes_one_line(text, line):
    assert on_one_line(text) == line


@given(text=st.text())
def test_one_line_is_one_line_and_moves_nothing(text):
    line = on_one_line(text)

    assert len(line.splitlines()) <= 1
    assert breaks_or_reorders(line) == ""


@pytest.mark.parametrize("text", ["👩\u200d", "\u200d👩", "海\u200d洋", "a\u200db"])
def test_a_joiner_that_joins_nothing_hides(text):
    assert hides(text) == "U+200D"

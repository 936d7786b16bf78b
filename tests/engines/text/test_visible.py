"""Text that nobody sees is no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banso.engines.text.visible import breaks_or_reorders, has_visible_text, without_hidden

UNSEEN = "\u200b\u2800\u3164\u115f\u1160\uffa0\u00ad\ufeff\u3000 \t\n\u0301\ufe0f\u2060"


@given(text=st.text(alphabet=UNSEEN))
def test_text_of_characters_that_show_nothing_is_not_visible(text):
    assert not has_visible_text(text)


@pytest.mark.parametrize("text", ["a", "海", "\u200b1", "ｱ", "が", "—", "👩\u200d🔬"])
def test_text_with_one_character_that_shows_is_visible(text):
    assert has_visible_text(text)


@given(text=st.text())
def test_taking_out_what_hides_changes_nothing_that_shows(text):
    assert has_visible_text(without_hidden(text)) == has_visible_text(text)


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

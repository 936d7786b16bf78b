"""Fields take what people write, and refuse in a sentence what cannot stand where it goes."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from banso.web.fields import LineField, NumberField, ProseField, YenField


@pytest.mark.parametrize(
    "text",
    [
        *("1402000000", "1,402,000,000", "１，４０２，０００，０００", "1,402,000,000円"),
        *("¥1,402,000,000", " 1402000000 円 ", "14億200万円", "14億200万", "1402000000 yen"),
    ],
)
def test_yen_are_taken_as_people_and_pages_write_them(text):
    assert YenField().clean(text) == 1_402_000_000


@pytest.mark.parametrize(
    ("text", "yen"), [("3億円", 300_000_000), ("25万", 250_000), ("1万5000円", 15_000), ("0", 0)]
)
def test_yen_are_taken_by_the_units_of_japanese(text, yen):
    assert YenField().clean(text) == yen


@pytest.mark.parametrize(
    "text", ["1.5", "-1", "1,40", "1,4020", "many", "1e9", "2000億万", "円", "999999999999999"]
)
def test_what_is_no_whole_amount_is_refused(text):
    with pytest.raises(ValidationError):
        YenField().clean(text)


def test_a_ceiling_is_the_fields_own():
    with pytest.raises(ValidationError):
        YenField(max_value=1_000_000_000).clean("1,000,000,001")


@pytest.mark.parametrize("text", ["1,200", "１２００", "1200"])
def test_numbers_are_taken_in_full_width_and_grouped(text):
    assert NumberField().clean(text) == 1200


@pytest.mark.parametrize("text", ["", None, "  "])
def test_no_number_is_none_where_none_is_needed(text):
    assert NumberField(required=False).clean(text) is None


@pytest.mark.parametrize("field", [LineField, ProseField])
@pytest.mark.parametrize("text", ["\u200b", "\u2800", "\u3164", " \u3000 ", "\u00ad\ufeff"])
def test_text_that_nobody_sees_leaves_a_field_empty(field, text):
    with pytest.raises(ValidationError) as refused:
        field().clean(text)

    assert refused.value.code == "required"


@pytest.mark.parametrize(
    ("text", "code"),
    [("a\nb", "U+000A"), ("a\r\nb", "U+000A"), ("a\tb", "U+0009"), ("a\u202eb", "U+202E")],
)
def test_a_line_is_one_line_and_says_what_breaks_it(text, code):
    with pytest.raises(ValidationError, match=code.replace("+", r"\+")):
        LineField().clean(text)


def test_a_line_is_composed_and_without_what_hides():
    assert LineField().clean(" か\u3099ん\u200b ") == "がん"


def test_prose_keeps_its_lines_and_its_first_blank():
    typed = "\r\n \r\n　一行目\r\n二行目\r三行目 \n\u3000\n"

    assert ProseField().clean(typed) == "　一行目\n二行目\n三行目"


def test_prose_refuses_what_reorders_it():
    with pytest.raises(ValidationError, match=r"U\+202E"):
        ProseField().clean("受領\u202e番号")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "海洋\u200b観測",
            "After “海洋” stands a character (U+200B) that readers cannot see. Take it out.",
        ),
        (
            "海\u3164洋",
            "After “海” stands a character (U+3164) that readers cannot see. Take it out.",
        ),
        (
            "A\u200dB",
            "After “A” stands a character (U+200D) that readers cannot see. Take it out.",
        ),
        (
            "海\ue000洋",
            "After “海” stands a character (U+E000) that readers cannot see. Take it out.",
        ),
        (
            "\x1b[31m海",
            "The first character (U+001B) cannot be shown on one line. Take it out.",
        ),
        (
            "海\x0c洋",
            "Write this on one line: after “海” stands a character (U+000C) that breaks or turns it.",
        ),
        (
            "x" + "\u0301" * 9,
            "After “x” stands a character (U+0301) that readers cannot see. Take it out.",
        ),
    ],
)
def test_a_line_refuses_what_hides_and_says_where_it_stands(text, sentence):
    with override("en"):
        with pytest.raises(ValidationError) as refused:
            LineField().clean(text)

        assert refused.value.messages == [sentence]


@pytest.mark.convention("J5")
@pytest.mark.parametrize(
    "text",
    [
        "髙﨑𠮷",
        "\ufa19社",
        "葛\U000e0100城",
        "👩\u200d🔬の研究",
        "नमस्\u200dते",
        "ﾊﾝｶｸ①㈱",
        "\U0002ebf0",
    ],
)
def test_a_line_keeps_every_character_of_a_name(text):
    assert LineField().clean(text) == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("101", "Enter at most 100. You entered 101."),
        ("０", "Enter at least 1. You entered 0."),
    ],
)
def test_a_number_beyond_its_limits_is_told_the_limit(text, sentence):
    with override("en"):
        with pytest.raises(ValidationError) as refused:
            NumberField(min_value=1, max_value=100).clean(text)

        assert refused.value.messages == [sentence]

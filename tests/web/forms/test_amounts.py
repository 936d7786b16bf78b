"""One way to read money, and to say what was understood of it."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from banso.web.amounts import counted_yen, yen_in
from banso.web.fields import YenField

READ = {
    "1402000000": 1_402_000_000,
    "1,402,000,000": 1_402_000_000,
    "１，４０２，０００，０００円": 1_402_000_000,
    "¥1,402,000,000": 1_402_000_000,
    "￥1,402,000,000": 1_402_000_000,
    "1,402百万円": 1_402_000_000,
    "1,402 百万円": 1_402_000_000,
    "1,402,000千円": 1_402_000_000,
    "１４．０２億円": 1_402_000_000,
    "14億200万円": 1_402_000_000,
    "1,402 million yen": 1_402_000_000,
    "1.402 billion yen": 1_402_000_000,
    "1兆2億": 1_000_200_000_000,
    "0円": 0,
    "３千万円": 30_000_000,
}
REFUSED = {
    "1.5": "Yen have no decimals. Enter a whole amount.",
    "1.0005千円": "Yen have no decimals. Enter a whole amount.",
    "100.00": "Yen have no decimals. Enter a whole amount.",
    "-1": "Enter the amount without a minus sign.",
    "▲1,000": "Enter the amount without a minus sign.",
    "−5円": "Enter the amount without a minus sign.",
    "1,40": "Enter an amount of yen, for example 1,402,000,000 or 14億200万円.",
    "1.402.000": "Enter an amount of yen, for example 1,402,000,000 or 14億200万円.",
    "1e9": "Enter an amount of yen, for example 1,402,000,000 or 14億200万円.",
    "円": "Enter an amount of yen, for example 1,402,000,000 or 14億200万円.",
    "12億億": "Enter an amount of yen, for example 1,402,000,000 or 14億200万円.",
    "999,999,999,999": "Enter at most 1,000,000,000 yen. You entered 999,999,999,999 yen.",
    "10億1円": "Enter at most 1,000,000,000 yen. You entered 1,000,000,001 yen.",
}


@pytest.mark.parametrize(("text", "yen"), READ.items())
def test_an_amount_is_read_in_the_unit_it_is_written_in(text, yen):
    assert YenField().clean(text) == yen


@pytest.mark.parametrize(("text", "sentence"), REFUSED.items())
def test_what_is_no_amount_of_the_field_is_told_why(text, sentence):
    with override("en"):
        with pytest.raises(ValidationError) as refused:
            YenField(max_value=1_000_000_000).clean(text)

        assert refused.value.messages == [sentence]


@given(yen=st.integers(min_value=0, max_value=10**15))
def test_what_is_shown_back_is_read_as_the_same_amount(yen):
    assert yen_in(counted_yen(yen)) == yen
    assert yen_in(f"{yen:,}") == yen


@pytest.mark.parametrize(
    ("language", "shown"),
    [("ja", "1,402,000,000円（14億200万円）"), ("en", "1,402,000,000 yen")],
)
def test_what_was_understood_is_shown_in_the_readers_words(language, shown):
    with override(language):
        assert YenField().understood("1,402百万円") == shown

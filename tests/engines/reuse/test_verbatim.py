import random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.engines.reuse.sample_texts import KEY, laid_out

from banso.engines.reuse import GUARANTEED, Shelf, check_manuscript, index_source
from banso.engines.reuse.fingerprints import (
    GRAM,
    character_codes,
    gram_values,
    keyed,
    siphash,
    winnowed,
)
from banso.engines.reuse.verbatim import shared_places, shared_runs
from banso.engines.text.normal import normalise

ALPHABETS = ("ab", "abcdefghijklmnopqrstuvwxyz0123456789", "あい", "海底樹脂試験温度割目観測予定")


def drawn(alphabet, length):
    return st.text(alphabet, min_size=length[0], max_size=length[1])


@st.composite
def texts_that_share_a_span(draw):
    alphabet = draw(st.sampled_from(ALPHABETS))
    shared = draw(drawn(alphabet, (GUARANTEED, 60)))
    around = [draw(drawn(alphabet, (0, 80))) for _ in range(4)]
    noise = random.Random(draw(st.integers(0, 10_000)))  # noqa: S311 - repeatable texts
    manuscript = around[0] + laid_out(shared, noise) + around[1]
    place = (len(around[0]), len(around[0]) + len(shared))
    return manuscript, around[2] + shared + around[3], place


@given(case=texts_that_share_a_span())
@settings(max_examples=150)
def test_every_shared_span_of_24_normalised_characters_is_found(case):
    manuscript, source, (start, end) = case

    found = check_manuscript(
        manuscript, Shelf({"source": index_source(source, KEY)}, lambda _: source), KEY
    )

    normal = normalise(manuscript)
    covered = np.zeros(len(manuscript), dtype=bool)
    for finding in found:
        covered[slice(*finding.manuscript)] = True
    assert covered[slice(*normal.original_span(start, end))].all()


@given(case=texts_that_share_a_span())
def test_texts_that_share_24_characters_share_a_fingerprint(case):
    prints = [
        winnowed(keyed(gram_values(character_codes(normalise(text).text), GRAM), KEY, "test"))
        for text in case[:2]
    ]

    assert np.intersect1d(*prints).size


@given(one=drawn("ab", (0, 120)), other=drawn("ab", (0, 120)))
@example(one="a" * 60, other="a" * 40)
def test_runs_are_the_same_characters_in_both_and_cover_what_is_shared(one, other):
    mine, theirs = character_codes(one), character_codes(other)

    runs = shared_runs(mine, theirs)

    covered = np.zeros(len(one), dtype=bool)
    for start, origin, size in runs:
        assert one[start : start + size] == other[origin : origin + size]
        covered[start : start + size] = True
    naive = np.zeros(len(one), dtype=bool)
    for start in range(len(one) - GUARANTEED + 1):
        if one[start : start + GUARANTEED] in other:
            naive[start : start + GUARANTEED] = True
    assert covered.tolist() == naive.tolist() == shared_places(mine, theirs).tolist()


def test_a_text_of_one_character_is_followed_once():
    codes = character_codes("あ" * 100_000)

    assert shared_runs(codes, codes) == [(0, 0, 100_000)]


@given(text=drawn("abcあいう", (0, 60)), length=st.integers(1, 30))
def test_equal_runs_have_equal_values_and_others_have_not(text, length):
    values = gram_values(character_codes(text), length).tolist()

    runs = [text[at : at + length] for at in range(len(text) - length + 1)]
    assert [values.index(one) for one in values] == [runs.index(one) for one in runs]


def test_the_keyed_function_gives_the_published_value_of_siphash():
    low, high = (int.from_bytes(bytes(part), "little") for part in (range(8), range(8, 16)))
    message = np.array([int.from_bytes(bytes(range(8)), "little")], dtype=np.uint64)

    assert siphash(message, low, high).tolist() == [0x93F5F5799A932462]


@pytest.mark.parametrize("text", ["", "あ", "short", "\n\n", "、。！"])
def test_empty_and_short_texts_share_nothing(text):
    shelf = Shelf({"source": index_source(text, KEY)}, lambda _: text)

    assert check_manuscript(text, shelf, KEY) == []

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banso.engines.text.words import LONGEST_PIECE, Word, content_words, search_tokens, words

MIXED = st.text(
    st.one_of(
        st.sampled_from("無人航空機の観測を行う。データｶﾞ abcDeep12\n,.!-"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@given(text=MIXED)
def test_words_stand_in_order_inside_the_text(text):
    found = words(text)

    starts, ends = [word.start for word in found], [word.end for word in found]
    assert all(0 <= word.start < word.end <= len(text) and word.normal for word in found)
    assert (starts, ends) == (sorted(starts), sorted(ends))


@given(
    text=st.text(st.sampled_from("無人航空機の観測を行うデータ"), max_size=30), breaks=st.data()
)
def test_line_breaks_inside_japanese_change_no_word(text, breaks):
    laid_out = "".join(one + breaks.draw(st.sampled_from(["", "\n"])) for one in text).strip()

    found = [word.normal for word in words(laid_out.replace("\n\n", "\n"))]

    assert found == [word.normal for word in words(text)]


def test_words_have_their_places_in_the_original():
    text = "深層学\n習でAUVを\u3000制御"

    found = words(text)

    assert found == [
        Word("深層学習", "深層学習", 0, 5, "noun"),
        Word("で", "で", 5, 6, "particle"),
        Word("AUV", "auv", 6, 9, "noun"),
        Word("を", "を", 9, 10, "particle"),
        Word("制御", "制御", 11, 13, "noun"),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("打ち込む", "打込む", id="okurigana"),
        pytest.param("附属する", "付属する", id="kanji"),
        pytest.param("ヴァイオリン", "バイオリン", id="katakana"),
        pytest.param("ﾃﾞｰﾀﾍﾞｰｽ", "データベース", id="width"),
        pytest.param("二〇二四年", "2024年", id="numerals"),
        pytest.param("instrumentations", "Instrumentation", id="english"),
        pytest.param("システムの", "シス\nテムの", id="line-break"),
    ],
)
def test_spellings_of_one_word_have_one_normal_form(one, other):
    assert [word.normal for word in words(one, "C")] == [word.normal for word in words(other, "C")]


def test_mode_a_gives_parts_and_mode_c_terms():
    text = "無人航空機"

    assert [word.surface for word in words(text, "C")] == ["無人航空機"]
    assert [word.surface for word in words(text, "A")] == ["無人", "航空", "機"]


def test_content_words_leave_out_what_says_nothing():
    text = "これは、海洋を観測するための3つの美しい機械である。The machine observes 12 oceans."

    found = [(word.normal, word.part) for word in content_words(text)]

    assert found == [
        ("海洋", "noun"),
        ("観測", "noun"),
        ("3", "number"),
        ("つ", "noun"),
        ("美しい", "adjective"),
        ("機械", "noun"),
        ("machin", "noun"),
        ("observ", "noun"),
        ("12", "number"),
        ("ocean", "noun"),
    ]


def test_search_finds_a_term_and_its_parts_once_each():
    found = search_tokens("無人航空機と航空機、Unmanned vehicles, vehicle")

    assert found == ["無人航空機", "無人", "航空", "機", "航空機", "unman", "vehicl"]


def test_a_sentence_longer_than_the_dictionary_takes_is_cut():
    text = "海洋観測" * LONGEST_PIECE

    found = words(text, "C")

    assert sum(len(word.surface) for word in found) == len(text)
    assert found[-1].end == len(text)


def test_nothing_has_no_words():
    assert (words(""), content_words("、。 \n"), search_tokens("の")) == ([], [], [])

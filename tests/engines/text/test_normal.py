import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banso.engines.text.folding import Folding, _joins, codes_of, text_of
from banso.engines.text.normal import normalise, plain

# Characters that join, expand, vanish or change case more often than chance would bring them.
CURIOUS = "かはウｶﾊﾞﾟ゛゜\u3099\u309a\u0301\u0323éßİΐςﬁ㎞㍻①Ⅲ½ーｰ-\u2010\u00ad\u200d\ufe0f\u1100\u1161\u11a8각⻑髙\x00\x02 \u3000\n\r\tAz9,。"
CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.text(st.one_of(st.sampled_from(CURIOUS), CHARACTERS), max_size=60)
PROSE = st.text(st.sampled_from("データ観測をはｶﾞabcXYZ 12\n。,-"), min_size=1, max_size=40)


@given(text=TEXTS)
def test_a_normal_form_is_its_own_normal_form(text):
    normal = normalise(text)

    assert normalise(normal.text).text == normal.text


@given(text=TEXTS)
def test_a_normal_form_holds_letters_and_digits_only(text):
    kept = normalise(text).text

    assert {unicodedata.category(character)[0] for character in kept} <= {"L", "N"}


@given(text=TEXTS)
def test_spans_never_run_backwards_and_stay_in_the_original(text):
    for normal in (normalise(text), plain(text)):
        spans = [normal.original_span(place, place + 1) for place in range(len(normal.text))]

        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)


@given(text=TEXTS, choice=st.data())
def test_the_original_span_of_a_piece_contains_the_piece(text, choice):
    normal = normalise(text)
    start = choice.draw(st.integers(0, len(normal.text)))
    end = choice.draw(st.integers(start, len(normal.text)))

    first, last = normal.original_span(start, end)

    assert normal.text[start:end] in normalise(text[first:last]).text


@given(text=PROSE, choice=st.data())
def test_no_smaller_span_contains_the_piece_at_that_place(text, choice):
    normal = normalise(text)
    end = choice.draw(st.integers(0, len(normal.text)))
    start = choice.draw(st.integers(0, max(end - 1, 0)))

    first, last = normal.original_span(start, end)

    piece = normal.text[start:end]
    if piece:
        assert piece not in normalise(text[first + 1 : last]).text
        assert piece not in normalise(text[first : last - 1]).text


@given(text=st.text(st.sampled_from("データ観測をはガabcxyz12"), max_size=40), gaps=st.data())
def test_layout_changes_nothing(text, gaps):
    breaks = st.sampled_from(["", "", " ", "\n", "\u3000", "\r\n", "\u200b", "\u00ad\n"])
    laid_out = "".join(character + gaps.draw(breaks) for character in text)

    assert normalise(laid_out).text == normalise(text).text


@given(text=st.text(CHARACTERS, max_size=60))
def test_compatible_spellings_are_equal(text):
    decomposed = unicodedata.normalize("NFKD", text)

    assert normalise(decomposed).text == normalise(text).text


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        pytest.param("ﾃﾞｰﾀﾍﾞｰｽ", "デタベス", id="half-width-kana-with-voiced-marks"),
        pytest.param("か\u3099 は\u309a う゛", "がぱゔ", id="voiced-marks-apart"),
        pytest.param("ﬁne ﬂow", "fineflow", id="ligatures"),
        pytest.param("３㎞、㍻、㌔、①", "3km平成キロ1", id="compounds"),
        pytest.param("infor-\nmation", "information", id="hyphen-at-the-end-of-a-line"),
        pytest.param("ＡＢＣ－ＸＹＺ", "abcxyz", id="full-width"),
        pytest.param("Straße ΣΑΣ", "strasseσασ", id="case"),
        pytest.param("⻑⽣", "長生", id="radicals-from-pdf"),
        pytest.param("コンピューター、コンピュ―タ", "コンピュタコンピュタ", id="long-vowels"),
        pytest.param("葛󠄀城", "葛城", id="ideographic-variants"),
        pytest.param("\u11a8 \u11a8", "\u11a8\u11a8", id="parts-with-nothing-to-join"),
        pytest.param("ㄱ\nㅏ", "가", id="hangul-parts-over-lines"),
        pytest.param("", "", id="nothing"),
        pytest.param("、。\n", "", id="no-letter"),
    ],
)
def test_these_spellings_become_one(written, normal):
    found = normalise(written).text

    assert found == normal


@pytest.mark.parametrize(
    ("written", "laid"),
    [
        pytest.param("海洋観測の\n研究", "海洋観測の研究", id="japanese-lines"),
        pytest.param("ocean\n  research", "ocean research", id="english-lines"),
        pytest.param("infor-\nmation", "information", id="a-word-divided"),
        pytest.param(
            "infor\u00admation soft\u00ad\r\nware", "information software", id="soft-hyphens"
        ),
        pytest.param("AB-\n1234", "AB-1234", id="a-code-divided"),
        pytest.param("AUV を 3 台", "AUVを3台", id="spaces-beside-japanese"),
        pytest.param("見出し\n\n本文", "見出し\n本文", id="a-blank-line-stays"),
        pytest.param(" 前後 \n", "前後", id="nothing-at-the-edges"),
        pytest.param("“Wi–Fi” 〜 ′", '"Wi-Fi" ~ \'', id="quotes-and-dashes"),
        pytest.param("char\ufffeacter", "character", id="the-hyphen-of-pdf-readers"),
    ],
)
def test_lines_are_joined_as_the_language_joins_them(written, laid):
    found = plain(written).text

    assert found == laid


def test_an_empty_span_is_a_place():
    normal = normalise("（あ）い")

    assert [normal.original_span(place, place) for place in (0, 1, 2)] == [(1, 1), (3, 3), (4, 4)]


def test_a_voiced_character_is_traced_to_all_of_its_parts():
    normal = normalise("ＡﾊﾞB")

    assert [normal.original_span(n, n + 1) for n in range(3)] == [(0, 1), (1, 3), (3, 4)]


def test_endless_marks_on_one_letter_are_cut_and_dropped():
    text = "か" + "\u3099\u0301\u0323" * 10_000 + "き"

    normal = normalise(text)

    assert (normal.text, normal.original_span(1, 2)) == ("がき", (30_001, 30_002))


def test_threads_that_meet_new_characters_together_read_them_alike():
    texts = ["".join(map(chr, range(start, start + 500))) for start in range(0x3000, 0xD000, 700)]

    texts = [text for text in texts for _ in range(8)]
    folding = Folding(str.lower)

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(folding.fold, map(codes_of, texts)))

    assert [text_of(folded.codes) for folded in found] == [text.lower() for text in texts]


def test_every_character_that_unicode_composes_is_known_to_join():
    composed = filter(None, map(unicodedata.decomposition, map(chr, range(0x110000))))
    pairs = (spelled.split() for spelled in composed if not spelled.startswith("<"))
    seconds = {chr(int(pair[1], 16)) for pair in pairs if len(pair) == 2}

    assert [hex(ord(second)) for second in seconds if not _joins(second)] == []

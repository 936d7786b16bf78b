from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banso.engines.text.passages import Passage, passages, sentences

TEXTS = st.text(st.sampled_from("あ漢ア。！」「（）abC.!? \n\u3000\f12"), max_size=60)


def cut(text):
    return [text[start:end] for start, end in sentences(text)]


@given(text=TEXTS)
def test_sentences_hold_everything_but_white_space(text):
    assert "".join("".join(cut(text)).split()) == "".join(text.split())


@given(text=TEXTS)
def test_passages_hold_whole_sentences_and_alternate(text):
    found = passages(text)

    starts, ends = {start for start, _ in sentences(text)}, {end for _, end in sentences(text)}
    assert {passage.start for passage in found} <= starts
    assert {passage.end for passage in found} <= ends
    assert all(one.language != other.language for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "観測する。記録する！次へ", ["観測する。", "記録する！", "次へ"], id="japanese"
        ),
        pytest.param("「はい。」と言う。次。", ["「はい。」と言う。", "次。"], id="quotation"),
        pytest.param(
            "文は（注。括弧）続く。次。", ["文は（注。括弧）続く。", "次。"], id="brackets"
        ),
        pytest.param(
            "It is 3.5 km. See Fig. 3 of Smith et al. (e.g. A. Smith). Next",
            ["It is 3.5 km.", "See Fig. 3 of Smith et al. (e.g. A. Smith).", "Next"],
            id="abbreviations",
        ),
        pytest.param("見出し\n\n本文。", ["見出し", "本文。"], id="blank-line"),
        pytest.param("一行目の\n続き。", ["一行目の\n続き。"], id="line-break"),
        pytest.param(
            "「閉じない。次の文。" + "長" * 250 + "。終わり。",
            ["「閉じない。次の文。" + "長" * 250 + "。", "終わり。"],
            id="unclosed",
        ),
        pytest.param(" \n ", [], id="nothing"),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, found):
    assert cut(text) == found


def test_passages_are_told_by_language():
    text = "海を観測する。AUVを使う。\n\nThis is the English part of it. It ends.\n\n研究開発構想\n\nЭто русский текст."

    found = [(passage.language, text[passage.start : passage.end]) for passage in passages(text)]

    assert found == [
        ("ja", "海を観測する。AUVを使う。"),
        ("en", "This is the English part of it. It ends."),
        ("ja", "研究開発構想"),
        ("other", "Это русский текст."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "C'est une phrase en français qui ne contient pas du tout de mots anglais", id="french"
        ),
        pytest.param(
            "本研究开发海洋观测数据系统并记录全部数据以便于将来使用此系统的人员能够快速找到所需信息资料并且分析",
            id="chinese",
        ),
        pytest.param("해양 관측을 위한 연구", id="korean"),
    ],
)
def test_other_languages_are_not_taken_for_ours(text):
    assert passages(text) == [Passage("other", 0, len(text))]


def test_numbers_alone_go_with_what_stands_before_them():
    assert passages("観測する。\n\n123\n\n記録する。") == [Passage("ja", 0, 17)]

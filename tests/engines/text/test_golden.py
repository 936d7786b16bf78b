"""Two short texts as they leave a typesetter, and everything that is found in them."""

from banso.engines.text.normal import normalise, plain
from banso.engines.text.numbers import codes, numbers
from banso.engines.text.passages import passages, sentences
from banso.engines.text.words import content_words, search_tokens, words

JAPANESE = """　２．研究の背景

　本研究では、無人航空機（ＵＡＶ）を
用いて、半径３０㎞の海域を観測する。
「ﾃﾞｰﾀﾍﾞｰｽを構築
せよ。」との要望に応え、型番ＡＢ－
１２３４／Ｘの装置を三億円で打込む。
"""
ENGLISH = """2. Background

This project develops an efﬁcient under-
water vehicle that operates at depths of 3,000–
4,000 m. Its sensors (model AB-
1234/X) are cooled to −20 °C, e.g. by “dry” ice.
"""


def test_the_japanese_text_is_compared_by_its_letters():
    found = normalise(JAPANESE).text

    assert found == (
        "2研究の背景"
        "本研究では無人航空機uavを用いて半径30kmの海域を観測する"
        "デタベスを構築せよとの要望に応え型番ab1234xの装置を三億円で打込む"
    )


def test_the_japanese_text_is_split_with_its_lines_joined():
    found = plain(JAPANESE).text

    assert found == (
        "2.研究の背景\n"
        "本研究では、無人航空機(UAV)を用いて、半径30kmの海域を観測する。"
        "「データベースを構築せよ。」との要望に応え、型番AB-1234/Xの装置を三億円で打込む。"
    )


def test_the_japanese_sentences_are_these():
    found = ["".join(JAPANESE[start:end].split()) for start, end in sentences(JAPANESE)]

    assert found == [
        "２．研究の背景",
        "本研究では、無人航空機（ＵＡＶ）を用いて、半径３０㎞の海域を観測する。",
        "「ﾃﾞｰﾀﾍﾞｰｽを構築せよ。」との要望に応え、型番ＡＢ－１２３４／Ｘの装置を三億円で打込む。",
    ]


def test_the_japanese_words_are_these():
    found = " ".join(word.normal for word in words(JAPANESE))

    assert found == (
        "2 研究 の 背景 本 研究 で は 無人航空機 uav を 用いる て 半径 30 km の 海域 を 観測 為る "
        "データベース を 構築 為る と の 要望 に 答える 型番 ab 1234 x の 装置 を 300000000 円 で 打ち込む"
    )


def test_the_japanese_content_is_this():
    found = " ".join(word.normal for word in content_words(JAPANESE))

    assert found == (
        "2 研究 背景 研究 無人 航空 機 uav 半径 30 km 海域 観測 データベース 構築 要望 答える "
        "型番 ab 1234 装置 300000000 円 打つ 込む"
    )


def test_the_japanese_text_is_searched_by_terms_and_parts():
    found = search_tokens("無人航空機の打込み")

    assert found == ["無人航空機", "無人", "航空", "機", "打ち込む", "打つ", "込む"]


def test_the_japanese_numbers_and_codes_are_these():
    assert [
        (str(one.value), one.unit, JAPANESE[one.start : one.end]) for one in numbers(JAPANESE)
    ] == [
        ("2", "", "２"),
        ("30", "km", "３０㎞"),
        ("300000000", "JPY", "三億円"),
    ]
    assert [(one.text, JAPANESE[one.start : one.end]) for one in codes(JAPANESE)] == [
        ("AB-1234/X", "ＡＢ－\n１２３４／Ｘ")
    ]


def test_the_english_text_is_compared_by_its_letters():
    found = normalise(ENGLISH).text

    assert found == (
        "2backgroundthisprojectdevelopsanefficientunderwatervehiclethatoperatesatdepthsof"
        "30004000mitssensorsmodelab1234xarecooledto20cegbydryice"
    )


def test_the_english_text_is_split_with_its_lines_joined():
    found = plain(ENGLISH).text

    assert found == (
        "2. Background\n"
        "This project develops an efficient underwater vehicle that operates at depths of "
        "3,000-4,000 m. Its sensors (model AB-1234/X) are cooled to -20 °C, "
        'e.g. by "dry" ice.'
    )


def test_the_english_sentences_are_these():
    found = [" ".join(ENGLISH[start:end].split()) for start, end in sentences(ENGLISH)]

    assert found == [
        "2. Background",
        "This project develops an efﬁcient under- water vehicle that operates at depths of 3,000– 4,000 m.",
        "Its sensors (model AB- 1234/X) are cooled to −20 °C, e.g. by “dry” ice.",
    ]


def test_the_english_content_is_this():
    found = " ".join(word.normal for word in content_words(ENGLISH))

    assert found == (
        "2 background project develop effici underwat vehicl oper depth 3000 4000 sensor "
        "model ab 1234 cool 20 dri ice"
    )


def test_the_english_numbers_and_codes_are_these():
    assert [
        (str(one.value), one.unit, ENGLISH[one.start : one.end]) for one in numbers(ENGLISH)
    ] == [
        ("2", "", "2"),
        ("3000", "m", "3,000"),
        ("4000", "m", "4,000 m"),
        ("-20", "°C", "−20 °C"),
    ]
    assert [(one.text, ENGLISH[one.start : one.end]) for one in codes(ENGLISH)] == [
        ("AB-1234/X", "AB-\n1234/X")
    ]


def test_each_text_is_one_passage_in_its_language():
    found = [passage.language for text in (JAPANESE, ENGLISH) for passage in passages(text)]

    assert found == ["ja", "en"]


def test_both_places_of_a_common_span_can_be_shown():
    other = "無人航空機(UAV)を用いて、半径30kmの海域"
    piece = normalise(other).text
    there = normalise(JAPANESE)

    start, end = there.original_span(there.text.index(piece), there.text.index(piece) + len(piece))

    assert JAPANESE[start:end] == "無人航空機（ＵＡＶ）を\n用いて、半径３０㎞の海域"

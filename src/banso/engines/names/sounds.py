"""Kana and Roman letters of a name in one spelling, so that each finds the other.

Kana are written in Roman letters; Hepburn, Kunrei and passport spellings fall together, and so
do long and short vowels: おおの, おの, Ohno, Ōno and Ono are all `ono`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import jaconv

_SMALL: Final = str.maketrans("ぁぃぅぇぉゃゅょゎゕゖっ", "あいうえおやゆよわかけつ")
_PLAIN: Final = str.maketrans(
    "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽゔ",
    "かきくけこさしすせそたちつてとはひふへほはひふへほう",
)
_VOWEL_OF: Final = {
    kana: vowel
    for vowel, row in {
        "あ": "あかがさざただなはばぱまやらわぁゃゎゕ",
        "い": "いきぎしじちぢにひびぴみりゐぃ",
        "う": "うくぐすずつづぬふぶぷむゆるゔぅゅっ",
        "え": "えけげせぜてでねへべぺめれゑぇゖ",
        "お": "おこごそぞとどのほぼぽもよろをぉょ",
    }.items()
    for kana in row
}
# Letters that no decomposition brings to plain ones.
_LATIN: Final = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
_BEFORE_LIPS: Final = re.compile(r"m(?=[bmp])")
_JAPANESE: Final = re.compile(
    r"(?:(?:([kstpgzdbjfhrm])(?=\1)|t(?=ch))?"
    r"(?:[kgsztnhbpmrj]y|sh|ch|ts|[kgsztdnhbpmyrwfjv])?[aiueo]|n'|n(?![aiueoy]))+"
)
# In this order: each is what the ones before it leave.
_ONE_SPELLING: Final = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"tch", "ch"),
        (r"sh(?=[auoe])", "sy"),
        (r"ch(?=[auoe])", "ty"),
        (r"j(?=[auoe])", "zy"),
        (r"shi", "si"),
        (r"chi", "ti"),
        (r"tsu", "tu"),
        (r"fu", "hu"),
        (r"ji", "zi"),
        (r"di", "zi"),
        (r"d[uz]u?", "zu"),
        (r"([stzcj])yi", r"\1i"),
        (r"yy", "y"),
        (r"l", "r"),
        (r"ou|oo|oh(?![aeiouy])", "o"),
        (r"uu", "u"),
        (r"(?<=[aie])h(?![aeiouy])", ""),
        (r"aa", "a"),
        (r"ii", "i"),
        (r"ee", "e"),
        (r"[^a-z]", ""),
    )
)


def hiragana(text: str) -> str:
    """Write katakana of either width as hiragana.

    >>> hiragana("タカハシ"), hiragana("ﾀｶﾊｼ")
    ('たかはし', 'たかはし')
    """
    written: str = jaconv.kata2hira(unicodedata.normalize("NFKC", text))
    return written


def letters(text: str) -> str:
    """Write kana and Latin letters in one spelling.

    >>> letters("たかはし"), letters("Takahashi"), letters("タカハシ")
    ('takahasi', 'takahasi', 'takahasi')
    >>> letters("Satoh"), letters("さとう"), letters("Ōhashi"), letters("Müller")
    ('sato', 'sato', 'ohasi', 'murer')
    """
    kana = _with_long_vowels(hiragana(text))
    roman: str = jaconv.kana2alphabet(kana) if kana else ""
    plain = unicodedata.normalize("NFKD", roman.casefold()).translate(_LATIN)
    spelt = _BEFORE_LIPS.sub("n", plain.replace("'", ""))
    spelt = re.sub(r"([a-z])\1(?<![aeiou])", r"\1", spelt)
    for pattern, written in _ONE_SPELLING:
        spelt = pattern.sub(written, spelt)
    return spelt


def kana_of(roman: str) -> str:
    """Write Roman letters of a Japanese name as hiragana; nothing where they are not such a name.

    >>> kana_of("TAKAHASHI"), kana_of("Ren'ya"), kana_of("Smith")
    ('たかはし', 'れんや', '')
    """
    folded = unicodedata.normalize("NFKD", roman.casefold())
    plain = "".join(one for one in folded if unicodedata.category(one) != "Mn")
    plain = re.sub(r"oh(?![aeiouy])", "o", re.sub(r"[\s-]", "", plain))
    plain = _BEFORE_LIPS.sub("n", plain)
    if not _JAPANESE.fullmatch(plain):
        return ""
    written: str = jaconv.alphabet2kana(plain)
    return written


def in_order(kana: str) -> str:
    """Write kana for sorting: large, without voiced marks, ー as the vowel that it holds (J11).

    >>> in_order("ガッキョー"), in_order("がつきよお")
    ('かつきよお', 'かつきよお')
    """
    plain = _with_long_vowels(hiragana(kana)).translate(_SMALL).translate(_PLAIN)
    return "".join(plain.split())


def _with_long_vowels(kana: str) -> str:
    written: list[str] = []
    for one in kana:
        is_long = one in "ー〜" and written
        written.append(_VOWEL_OF.get(written[-1], "") if is_long else one)
    return "".join(written)

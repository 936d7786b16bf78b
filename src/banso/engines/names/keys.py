"""Keys to find and to sort names by; equal keys do not make equal names (J5, J11).

A key to find by is a row of words: kanji in the first of their variants, sounds in one spelling,
numbers without their signs. What somebody looks for is brought to the same words.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto
from itertools import groupby
from typing import TYPE_CHECKING, Final

from banso.engines.names.sounds import hiragana, in_order, kana_of, letters
from banso.engines.names.variants import without_variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HYPHENS: Final = dict.fromkeys(map(ord, "‐‑–—―−－ｰ"), "-")
_WAVES: Final = {ord("〜"): "~", ord("～"): "~"}
# ケ and ヶ between kanji are one sign of a place's or a family's name.
_KE: Final = re.compile(r"(?<=[\u3400-\u9fff])[ケヶが](?=[\u3400-\u9fff])")
_BETWEEN_KANJI: Final = "ヶ"
# What may be inside a number, and inside a word of Latin letters.
_INSIDE: Final = frozenset("'’_.-")
_SIGNS: Final = re.compile(r"[_.-]")
_UNFINISHED: Final = re.compile(r"(?<=[a-z])(?:sh|ch|ts|j|f|c)$")
_LATIN: Final = frozenset({"LATIN", "DIGIT"})


class Script(Enum):
    """What a character of a name is written in."""

    KANA = auto()
    LATIN = auto()
    OTHER = auto()
    NONE = auto()


def plain(text: str) -> str:
    """Bring a key's text to one form of width, case, hyphen and kanji.

    >>> plain("Ｔａｋａ－髙")
    'taka-高'
    """
    one_hyphen = unicodedata.normalize("NFKC", text.translate(_HYPHENS)).translate(_HYPHENS)
    return without_variants(one_hyphen.casefold().translate(_WAVES))


def words_of(text: str) -> list[str]:
    """Take text apart into the words of a key.

    >>> words_of("髙橋 タカハシ"), words_of("0000-0002-1825-0097"), words_of("見本大学 Lab. 3")
    (['高橋', 'takahasi'], ['0000000218250097'], ['見本大学', 'rab', '3'])
    """
    shown = _KE.sub(_BETWEEN_KANJI, plain(text))
    parts = ("".join(part) for kind, part in groupby(shown, _script) if kind != Script.NONE)
    return [word for part in parts for word in _words(part)]


def sought_words(text: str) -> list[str]:
    """Take what somebody looks for apart; a last sound that is not typed whole is left out.

    >>> sought_words("Takahash"), sought_words("タカハ 高")
    (['takaha'], ['takaha', '高'])
    """
    words = (_UNFINISHED.sub("", word) or word for word in words_of(text))
    return list(dict.fromkeys(words))


def key_of(*texts: str) -> str:
    """Make the key of texts, each word once, in the order in which they come.

    >>> key_of("髙橋", "髙橋花子", "タカハシ")
    '高橋 高橋花子 takahasi'
    """
    return " ".join(dict.fromkeys(word for text in texts for word in words_of(text)))


def pieces_of(key: str) -> list[str]:
    """List every one and every two neighbouring characters of a key's words, for its index.

    >>> pieces_of("高橋 a")
    ['a', '橋', '高', '高橋']
    """
    return sorted({piece for word in key.split() for piece in _pieces(word)})


def sought_pieces(word: str) -> list[str]:
    """List what a key that contains the word has among its pieces."""
    return [word] if len(word) == 1 else [word[at : at + 2] for at in range(len(word) - 1)]


def sort_key(kana: Iterable[str], roman: Iterable[str], written: Iterable[str]) -> str:
    """Make the key that sorts by sound; without kana by Roman letters, else as written, last.

    >>> sort_key(["タカハシ", "ハナコ"], [], ["髙橋", "花子"])
    'たかはし はなこ たかはし はなこ'
    >>> sort_key(["", ""], ["Takahashi", "Hanako"], ["髙橋", "花子"])
    'たかはし はなこ 高橋 花子'
    """
    spoken, as_written = [one for one in kana if one], " ".join(one for one in written if one)
    if spoken:
        return f"{' '.join(map(in_order, spoken))} {' '.join(map(hiragana, spoken))}"
    from_roman = [kana_of(one) for one in roman if one]
    if from_roman and all(from_roman):
        return f"{' '.join(map(in_order, from_roman))} {plain(as_written)}"
    return plain(as_written)


def _script(character: str) -> Script:
    if "ぁ" <= character <= "ゖ" or "ァ" <= character <= "ヺ" or character == "ー":
        return Script.OTHER if character == _BETWEEN_KANJI else Script.KANA
    if character in _INSIDE or (
        character.isalnum() and unicodedata.name(character, "")[:5] in _LATIN
    ):
        return Script.LATIN
    return Script.OTHER if character.isalnum() else Script.NONE


def _words(part: str) -> Iterator[str]:
    match _script(part[0]):
        case Script.LATIN if any(map(str.isdigit, part)):
            yield from filter(None, [_SIGNS.sub("", part)])
        case Script.KANA | Script.LATIN:
            yield from filter(None, map(letters, _SIGNS.split(part)))
        case _:
            yield part


def _pieces(word: str) -> Iterator[str]:
    yield from word
    yield from (word[at : at + 2] for at in range(len(word) - 1))

"""Words with their places in the original: Japanese by Sudachi, the rest by spelling.

Sudachi's normalised forms bring spellings together (打ち込む, 打込む; 附属, 付属); English words
are stemmed by Snowball's English stemmer (Porter 2). Lines are joined before anything is split.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from snowballstemmer import stemmer
from sudachipy import Dictionary, Morpheme, SplitMode

from banso.engines.text.normal import plain
from banso.engines.text.stopwords import ENGLISH, JAPANESE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Split: TypeAlias = "Callable[[str], Iterable[Morpheme]]"
Mode: TypeAlias = Literal["A", "C"]
Part: TypeAlias = Literal["noun", "verb", "adjective", "adverb", "number", "particle", "other"]

# Sudachi takes 49,149 bytes; a character has at most four.
LONGEST_PIECE = 12_000
KNOWN_STEMS = 65_536
CONTENT: frozenset[Part] = frozenset({"noun", "verb", "adjective", "number"})
PARTS: dict[str, Part] = {
    "名詞": "noun",
    "代名詞": "other",
    "接尾辞": "noun",
    "動詞": "verb",
    "形容詞": "adjective",
    "形状詞": "adjective",
    "副詞": "adverb",
    "助詞": "particle",
    "助動詞": "particle",
}
SYMBOLS = frozenset({"補助記号", "記号", "空白"})
JAPANESE_LETTER = re.compile(r"[々〆〇ぁ-ゖァ-ヺー㐀-䶿一-鿿\U00020000-\U000323af]")
PIECE = re.compile(rf"[^\n。!?]{{0,{LONGEST_PIECE}}}[\n。!?]?")
SPELLED = re.compile(r"(\d+(?:[.,]\d+)*)|[^\W\d_][^\W_]*(?:'[^\W_]+)*")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
LONE_LETTER = re.compile(r"[a-z]")
# Longer ones are no words, and would make the stemmer slow.
LATIN = re.compile(r"[a-zß-öø-ÿ']{1,40}")


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it is in the original; `surface` has its lines joined already."""

    surface: str
    normal: str
    start: int
    end: int
    part: Part


class _Found(NamedTuple):
    """A word in the plain text, before it is traced back."""

    normal: str
    start: int
    end: int
    part: Part


def words(text: str, mode: Mode = "C") -> list[Word]:
    """Split into words, without punctuation; mode A gives the least units, C names and terms."""
    return _traced(text, _split_into(SplitMode.A if mode == "A" else SplitMode.C))


def content_words(text: str, mode: Mode = "A") -> list[Word]:
    """Keep what says what the text is about: nouns, verbs, adjectives, numbers; no lone letter."""
    found = filter(_has_content, words(text, mode))
    return [word for word in found if not LONE_LETTER.fullmatch(word.normal)]


def search_tokens(text: str) -> list[str]:
    """List the normal forms to find a text by: each term and its parts, once, in order."""
    found = filter(_has_content, _traced(text, _split_into_both))
    return list(dict.fromkeys(word.normal for word in found))


def _has_content(word: Word) -> bool:
    return word.part in CONTENT and word.normal not in JAPANESE


def _traced(text: str, split: Split) -> list[Word]:
    laid = plain(text)
    origins, ends = laid.origins.tolist(), laid.ends.tolist()
    return [
        Word(laid.text[start:end], normal, origins[start], ends[end - 1], part)
        for normal, start, end, part in _found(laid.text, split)
    ]


def _found(text: str, split: Split) -> Iterator[_Found]:
    for piece in PIECE.finditer(text):
        if JAPANESE_LETTER.search(piece[0]):
            yield from _japanese(piece[0], piece.start(), split)
        else:
            yield from _spelled(text, piece.start(), piece.end())


def _japanese(piece: str, offset: int, split: Split) -> Iterator[_Found]:
    """Take Sudachi's words where they are Japanese, and what lies between by its spelling."""
    done = 0
    for morpheme in split(piece):
        start, end = morpheme.begin(), morpheme.end()
        if not JAPANESE_LETTER.search(piece, start, end):
            continue
        yield from _shifted(_spelled(piece, done, start), offset)
        done = max(done, end)
        part = _part(morpheme.part_of_speech_id())
        if part:
            yield _Found(morpheme.normalized_form().casefold(), offset + start, offset + end, part)
    yield from _shifted(_spelled(piece, done, len(piece)), offset)


def _shifted(found: Iterable[_Found], offset: int) -> Iterator[_Found]:
    for normal, start, end, part in found:
        yield _Found(normal, start + offset, end + offset, part)


def _spelled(text: str, start: int, end: int) -> Iterator[_Found]:
    for match in SPELLED.finditer(text, start, end):
        if match[1]:
            yield _Found(THOUSANDS.sub("", match[0]), match.start(), match.end(), "number")
        else:
            lowered = match[0].casefold()
            part: Part = "particle" if lowered in ENGLISH else "noun"
            yield _Found(_stem(lowered), match.start(), match.end(), part)


@lru_cache(KNOWN_STEMS)
def _stem(lowered: str) -> str:
    # The stemmer keeps its word in itself, so that each call takes one of its own.
    return str(stemmer("english").stemWord(lowered)) if LATIN.fullmatch(lowered) else lowered


@cache
def _dictionary() -> Dictionary:
    return Dictionary()


@cache
def _part(identifier: int) -> Part | None:
    """Translate Sudachi's part of speech; nothing for punctuation."""
    first, second = _dictionary().pos_of(identifier)[:2]
    if first in SYMBOLS:
        return None
    if second in {"数詞", "助動詞語幹"}:
        return "number" if second == "数詞" else "particle"
    return PARTS.get(first, "other")


def _split_into(mode: SplitMode) -> Split:
    # A tokeniser serves one thread at a time and costs microseconds to make.
    split: Split = _dictionary().tokenizer(mode=mode).tokenize
    return split


def _split_into_both(piece: str) -> Iterator[Morpheme]:
    for term in _split_into(SplitMode.C)(piece):
        yield term
        parts = term.split(SplitMode.A)
        if len(parts) > 1:
            yield from parts

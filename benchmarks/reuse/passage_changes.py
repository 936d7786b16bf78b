"""Ways in which a copied passage is changed: layout, spelling, particles, words, order of clauses."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

import jaconv
from sudachipy import dictionary, tokenizer

if TYPE_CHECKING:
    import random

Language = Literal["ja", "en"]
RESPELLED = 0.6
DROPPED = 0.6
_CONTENT = {"名詞", "動詞", "形容詞", "形状詞", "副詞"}
_PIECE = 8_000
_ENGLISH_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|\d+")
_SMALL_WORDS = frozenset(
    (
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "by",
        "with",
        "from",
        "as",
        "that",
        "which",
        "this",
        "these",
        "those",
        "its",
        "their",
        "and",
    )
)
_BRITISH = (
    (re.compile(r"iz(e|es|ed|ing|ation|ations)\b"), r"is\1"),
    (re.compile(r"yz(e|es|ed|ing)\b"), r"ys\1"),
    (re.compile(r"([a-z]{3})or\b"), r"\1our"),
    (re.compile(r"(\w{3})-(\w{3})"), r"\1\2"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text as the changes see it: a word, or what stands between words."""

    text: str
    part: str
    reading: str = ""
    normal: str = ""

    @property
    def carries_meaning(self) -> bool:
        """Whether changing it changes what is said."""
        return self.part in _CONTENT


@dataclass(frozen=True)
class Changes:
    """The changes in one language, with the words that may stand in for others."""

    language: Language
    vocabulary: dict[str, list[str]] = field(default_factory=dict)

    def pieces(self, text: str) -> list[Piece]:
        """Cut a text into words and what is between them; joined, they are the text."""
        return _japanese(text) if self.language == "ja" else _english(text)

    def with_words_of(self, text: str) -> Changes:
        """Take words to change to from a text, by part of speech."""
        words = defaultdict(set)
        for piece in self.pieces(text):
            if piece.carries_meaning:
                words[piece.part].add(piece.text)
        return replace(self, vocabulary={part: sorted(found) for part, found in words.items()})

    def word_starts(self, text: str) -> list[int]:
        """Tell where words start that a passage may begin with."""
        starts, position = [], 0
        for piece in self.pieces(text):
            if piece.carries_meaning:
                starts.append(position)
            position += len(piece.text)
        return starts

    def respell(self, passage: str, rng: random.Random) -> str:
        """Spell words in other ways: kanji or kana, okurigana, long vowels, width; or British."""
        if self.language == "en":
            return _british(passage)
        pieces = self.pieces(passage)
        return "".join(
            rng.choice(variants)
            if (variants := _spellings(one)) and rng.random() < RESPELLED
            else one.text
            for one in pieces
        )

    def drop_particles(self, passage: str, rng: random.Random) -> str:
        """Leave out particles, in English articles and prepositions."""
        kept = [
            one.text
            for one in self.pieces(passage)
            if one.part != "助詞" or rng.random() >= DROPPED
        ]
        return re.sub(" +", " ", "".join(kept)).strip()

    def change_words(self, passage: str, share: float, rng: random.Random) -> str:
        """Change that share of the words: seven in ten replaced, the rest left out or added to."""
        pieces = self.pieces(passage)
        places = [place for place, one in enumerate(pieces) if one.carries_meaning]
        texts = [one.text for one in pieces]
        for place in rng.sample(places, round(share * len(places))):
            other = rng.choice(self.vocabulary.get(pieces[place].part, [""]))
            gap = " " if self.language == "en" else ""
            texts[place] = rng.choices(
                [other, "", f"{texts[place]}{gap}{other}"], weights=(70, 15, 15)
            )[0]
        return re.sub(" +", " ", "".join(texts)).strip()


def change_layout(passage: str, language: Language, rng: random.Random) -> str:
    """Break lines, spread spaces, change widths and hide soft hyphens, as copying from a PDF does."""
    every = rng.randrange(11, 30) if language == "ja" else rng.randrange(30, 70)
    wide = rng.random() < 0.5  # noqa: PLR2004 - every other passage
    text = passage.translate(_WIDE) if wide and language == "ja" else passage
    lines = [text[start : start + every] for start in range(0, len(text), every)]
    if language == "en":
        joint = re.compile(r"(?<=[a-z]{3})\n(?=[a-z]{3})")
        return joint.sub("-\n", "\n".join(lines)).replace(" ", "  ", 3)
    return rng.choice(["\n", "\r\n", "\n　", " \n"]).join(lines)


def reorder_clauses(passage: str, language: Language, rng: random.Random) -> str:
    """Put the clauses of a passage in another order."""
    marks = r"(?<=[、。])" if language == "ja" else r"(?<=[,;:.]) "
    clauses = [one for one in re.split(marks, passage) if one]
    order = clauses
    for _ in range(20):
        order = rng.sample(clauses, len(clauses))
        if order != clauses:
            break
    return ("" if language == "ja" else " ").join(order)


@cache
def _sudachi() -> tokenizer.Tokenizer:
    return dictionary.Dictionary().tokenizer()


def _japanese(text: str) -> list[Piece]:
    pieces = []
    for start in range(0, len(text), _PIECE):
        part = text[start : start + _PIECE]
        morphemes = _sudachi().tokenize(part, tokenizer.Tokenizer.SplitMode.A)
        pieces += [
            Piece(
                part[one.begin() : one.end()],
                one.part_of_speech()[0],
                one.reading_form(),
                one.normalized_form(),
            )
            for one in morphemes
        ]
    return pieces


def _english(text: str) -> list[Piece]:
    pieces, last = [], 0
    for found in _ENGLISH_WORD.finditer(text):
        pieces.append(Piece(text[last : found.start()], "記号"))
        small = found.group().lower() in _SMALL_WORDS
        pieces.append(Piece(found.group(), "助詞" if small else "名詞"))
        last = found.end()
    return [*pieces, Piece(text[last:], "記号")]


@cache
def _spellings(piece: Piece) -> tuple[str, ...]:
    """Find other spellings that Sudachi knows as the same word, and changes of width."""
    if not piece.carries_meaning:
        return (piece.text.translate(_WIDE),) if piece.text.isascii() else ()
    kana = jaconv.kata2hira(piece.reading)
    tries = {
        kana,
        piece.reading,
        piece.normal,
        piece.text.rstrip("ー"),
        f"{piece.text}ー",
        piece.text.translate(_WIDE),
        unicodedata.normalize("NFKC", piece.text),
        *(piece.text[:at] + piece.text[at + 1 :] for at in range(1, len(piece.text))),
    } - {piece.text, ""}
    return tuple(sorted(one for one in tries if _is_same_word(one, piece)))


def _is_same_word(spelling: str, piece: Piece) -> bool:
    found = _japanese(spelling)
    same = len(found) == 1 and (found[0].normal, found[0].part) == (piece.normal, piece.part)
    sounds_same = same and _sound(found[0]) == _sound(piece)
    return sounds_same or spelling == piece.text.translate(_WIDE)


def _sound(piece: Piece) -> str:
    """Give the reading, in which a long vowel at the end is a matter of spelling."""
    return piece.reading.rstrip("ー")


def _british(passage: str) -> str:
    for pattern, spelling in _BRITISH:
        passage = pattern.sub(spelling, passage)
    return passage.replace('"', "”").replace("'", "’")


_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
JAPANESE = Changes("ja")
ENGLISH = Changes("en")

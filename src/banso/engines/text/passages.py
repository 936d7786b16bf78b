"""Where sentences end, and which language each passage is in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

from banso.engines.text.stopwords import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator

Language: TypeAlias = Literal["ja", "en", "other"]

KANA = re.compile(r"[ぁ-ゖァ-ヺｦ-ﾟ]")
KANJI = re.compile(r"[々〆一-鿿㐀-䶿]")
LATIN = re.compile(r"[A-Za-z]+")
LETTER = re.compile(r"[^\W\d_]")
# Chinese is written without kana; a Japanese heading is too, but it is short.
LONGEST_WITHOUT_KANA = 40
# Of eight words of English prose at least one is a function word.
SHORTEST_JUDGED = 8
FUNCTION_WORDS = 0.125
# A kanji or kana says as much as this many Latin letters.
WEIGHT = 2

PARAGRAPH = re.compile(r"\r?\n[ \t\u3000]*\r?\n\s*|\f+|\u2029")
CLOSING = "」』）)】〕》〉”’\"'"
END = re.compile(
    rf"[。．！？!?｡]+[{CLOSING}]*|[.!?]+[{CLOSING}]*(?=\s+[\"'“‘(\[]?[A-Z0-9\u3040-\u9fff])"
)
OPENED, CLOSED = "「『（(【〔“", "」』）)】〕”"
# A bracket that is not closed by then was not meant to hold the sentence.
LONGEST_QUOTATION = 200
ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“\"'])(?:[A-Z]|e\.g|i\.e|cf|vs|al|Fig|Figs|Eq|Eqs|Ref|Refs|Sec|No|Nos|Vol|pp|p|ca"
    r"|Dr|Mr|Mrs|Ms|Prof|St|Inc|Ltd|Co|Corp|Jr|Sr|approx|resp|Ph\.D|U\.S)$"
)
LONGEST_ABBREVIATION = 10
NUMBERING = re.compile(r"\s*[（(]?[\d.．]{1,8}")
POINTS = ".．"


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring sentences in one language."""

    language: Language
    start: int
    end: int


def sentences(text: str) -> list[tuple[int, int]]:
    """Find the spans of sentences, without the white space around them.

    A full stop inside quotation marks or brackets does not end the sentence that holds them.

    >>> sentences("「はい。」と言う。次。")
    [(0, 9), (9, 11)]
    """
    return [span for start, end in _paragraphs(text) for span in _within(text, start, end)]


def passages(text: str) -> list[Passage]:
    """Group the sentences by language; one without letters goes with what comes before it."""
    judged: list[tuple[Language, int, int]] = []
    for start, end in sentences(text):
        before = judged[-1][0] if judged else "other"
        judged.append((_language(text[start:end]) or before, start, end))
    groups = (list(group) for _, group in groupby(judged, key=lambda sentence: sentence[0]))
    return [Passage(group[0][0], group[0][1], group[-1][2]) for group in groups]


def _language(sentence: str) -> Language | None:
    kana, kanji = len(KANA.findall(sentence)), len(KANJI.findall(sentence))
    words = LATIN.findall(sentence)
    latin, letters = sum(map(len, words)), len(LETTER.findall(sentence))
    if not letters:
        return None
    if (kana + kanji) * WEIGHT >= latin and (kana + kanji) * WEIGHT >= letters - latin:
        return "ja" if kana or kanji <= LONGEST_WITHOUT_KANA else "other"
    return "en" if latin * WEIGHT >= letters and _is_english(words) else "other"


def _is_english(words: list[str]) -> bool:
    known = sum(word.lower() in ENGLISH for word in words)
    return len(words) < SHORTEST_JUDGED or known >= FUNCTION_WORDS * len(words)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in PARAGRAPH.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _within(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    start = first
    for stop in END.finditer(text, first, last):
        if not (_is_held(text, start, stop) or _goes_on(text, start, stop)):
            yield from _trimmed(text, start, stop.end())
            start = stop.end()
    yield from _trimmed(text, start, last)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    sentence = text[start:end]
    if sentence.strip():
        start += len(sentence) - len(sentence.lstrip())
        yield start, start + len(sentence.strip())


def _is_held(text: str, start: int, stop: re.Match[str]) -> bool:
    """Tell whether a quotation is open, or was just closed and the sentence goes on."""
    written = text[max(start, stop.start() - LONGEST_QUOTATION) : stop.end()]
    depth = sum(written.count(mark) for mark in OPENED)
    depth -= sum(written.count(mark) for mark in CLOSED)
    goes_on = text[stop.end() : stop.end() + 1] in tuple("とのをがはにでもやへ、,")
    return depth > 0 or (stop[0][-1] in CLOSING and goes_on)


def _goes_on(text: str, start: int, stop: re.Match[str]) -> bool:
    """Tell the point of an abbreviation, or of a number before a heading, from a full stop."""
    if stop[0][0] not in POINTS:
        return False
    before = text[max(start, stop.start() - LONGEST_ABBREVIATION) : stop.start()]
    if before == text[start : stop.start()] and NUMBERING.fullmatch(before):
        return True
    return ABBREVIATION.search(before) is not None

"""What a text says as counted terms: content words, pairs of them, and translations it gives."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from banso.engines.text.words import content_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from banso.engines.text.words import Word

# What a text is about is in its beginning; the rest would only cost time.
LONGEST = 100_000
# 量子暗号（quantum cryptography）: a Japanese term with its English beside it.
GLOSSED = re.compile(
    r"([ァ-ヺー々㐀-鿿ぁ-ゖ]{2,24})\s{0,2}[(（]\s{0,2}([A-Za-z][A-Za-z0-9 \-]{1,60})[)）]"
)
LONGEST_TERM = 4
# Citations ("Author et al., 2020") say nothing of the subject.
CITING = frozenset({"et", "al"})


@dataclass(frozen=True, slots=True)
class Reading:
    """Terms with how often they are in a text, each as first written, and translations given."""

    counts: Mapping[str, int]
    surfaces: Mapping[str, str]
    glosses: tuple[tuple[str, str], ...]


def read(title: str, text: str) -> Reading:
    """Count words and neighbouring pairs of words; a pair does not cross from title to text.

    >>> sorted(read("", "quantum cryptography").counts)
    ['cryptographi', 'quantum', 'quantum cryptographi']
    """
    counts: Counter[str] = Counter()
    surfaces: dict[str, str] = {}
    glosses: list[tuple[str, str]] = []
    for part in (title[:LONGEST], text[:LONGEST]):
        for term, surface in _terms(_subject(part)):
            counts[term] += 1
            surfaces.setdefault(term, surface)
        glosses.extend(_glosses(part))
    return Reading(counts, surfaces, tuple(dict.fromkeys(glosses)))


def _subject(text: str) -> list[Word]:
    return [word for word in content_words(text) if word.normal not in CITING]


def _terms(words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    for word in words:
        yield word.normal, word.surface
    for first, second in pairwise(words):
        between = "" if first.end == second.start else " "
        yield f"{first.normal} {second.normal}", f"{first.surface}{between}{second.surface}"


def _glosses(text: str) -> Iterator[tuple[str, str]]:
    for match in GLOSSED.finditer(text):
        english = [word.normal for word in content_words(match[2])]
        nouns = _last_nouns(content_words(match[1]), len(match[1]))
        if nouns and 1 <= len(english) <= LONGEST_TERM:
            yield from _paired(nouns[-max(2, len(english)) :], english)


def _last_nouns(words: Sequence[Word], end: int) -> list[str]:
    """Take the compound that ends just before the bracket, without what leads up to it."""
    nouns: list[str] = []
    for word in reversed(words):
        if word.end != end or word.part not in {"noun", "adjective"}:
            break
        nouns.insert(0, word.normal)
        end = word.start
    return nouns


def _paired(japanese: Sequence[str], english: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Equate terms, and their words one by one: both languages put the head of a compound last."""
    whole = [" ".join(pair) for pair in pairwise(english)] or list(english)
    if len(japanese) == 1:
        yield from ((japanese[0], term) for term in [*whole, *english])
        return
    if len(japanese) == len(english):
        yield from zip(japanese, english, strict=True)
        yield from zip(map(" ".join, pairwise(japanese)), whole, strict=True)
        return
    compound = " ".join(japanese[-2:])
    yield from ((compound, term) for term in [*whole, *english])

"""Between Japanese and English terms of one corpus: by gloss, and katakana by sound."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import jaconv

if TYPE_CHECKING:
    from collections.abc import Iterable

KATAKANA = re.compile(r"[ァ-ヺー]{3,}")
LATIN = re.compile(r"[a-z]{3,}")
SHORTEST_SOUND = 2
# Chosen by reading pairs: センサー and sensor are .83 alike, レーザー and raise .73.
ALIKE = 0.75
MOST_TRANSLATIONS = 6
# Letters that Japanese does not tell apart, in the order in which they are merged.
MERGED = (
    ("ph", "f"), ("th", "s"), ("ck", "k"), ("sh", "s"), ("tch", "t"), ("ch", "t"), ("ts", "t"),
    ("qu", "k"), ("x", "ks"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"), ("q", "k"),
    ("l", "r"), ("v", "b"), ("j", "s"), ("z", "s"), ("m", "n"), ("y", "i"),
)  # fmt: skip
VOWELS = re.compile(r"[aeiouwh]")
TWICE = re.compile(r"(.)\1+")
UNSOUNDED_R = re.compile(r"r(?![aeiouy])")


class Bridge:
    """A table of translations that the corpus itself gives; empty where it gives none."""

    def __init__(self, glosses: Iterable[tuple[str, str]], terms: Iterable[str]) -> None:
        self._glosses: dict[str, dict[str, None]] = defaultdict(dict)
        for japanese, english in sorted(glosses):
            self._glosses[japanese][english] = None
        self._known = set(terms)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for term in sorted(self._known):
            if LATIN.fullmatch(term) or KATAKANA.fullmatch(term):
                self._by_sound[_skeleton(_sound(term))].append(term)
        self._found: dict[str, tuple[str, ...]] = {}

    def translations(self, term: str) -> tuple[str, ...]:
        """List a term in the other language: what is glossed, else what sounds so.

        A Japanese term leads to English ones; an English one that the corpus does not have leads
        to the katakana that it has.
        """
        if term not in self._found:
            self._found[term] = self._translated(term)
        return self._found[term]

    def _translated(self, term: str) -> tuple[str, ...]:
        if term in self._glosses:
            return tuple(self._glosses[term])[:MOST_TRANSLATIONS]
        if KATAKANA.fullmatch(term):
            return self._sounding_like(term, LATIN)
        if LATIN.fullmatch(term) and term not in self._known:
            return self._sounding_like(term, KATAKANA)
        return ()

    def _sounding_like(self, term: str, wanted: re.Pattern[str]) -> tuple[str, ...]:
        sound = _sound(term)
        skeleton = _skeleton(sound)
        if len(skeleton) < SHORTEST_SOUND:
            return ()
        rated = [
            (_alikeness(sound, _sound(other)), other)
            for other in self._by_sound.get(skeleton, ())
            if wanted.fullmatch(other)
        ]
        best, other = max(rated, default=(0.0, ""))
        return (other,) if best >= ALIKE else ()


def _sound(term: str) -> str:
    return _spoken(term) if KATAKANA.fullmatch(term) else term


def _spoken(katakana: str) -> str:
    """Write katakana in Latin letters; a long a at the end is what Japanese makes of -er and -or.

    >>> _spoken("センサー")
    'sensar'
    """
    ending = "r" if katakana.endswith("ー") else ""
    spoken = jaconv.kana2alphabet(jaconv.kata2hira(katakana.replace("ー", "")))
    return str(spoken) + ending


def _skeleton(latin: str) -> str:
    return TWICE.sub(r"\1", VOWELS.sub("", _merged(UNSOUNDED_R.sub("", latin))))


def _alikeness(first: str, second: str) -> float:
    return SequenceMatcher(None, _folded(first), _folded(second)).ratio()


def _folded(latin: str) -> str:
    return TWICE.sub(r"\1", _merged(latin))


def _merged(latin: str) -> str:
    for written, sound in MERGED:
        latin = latin.replace(written, sound)
    return latin

"""BERT's word pieces: the longest known beginning of a word, then of what is left of it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_WORD = 100
LONGEST_TEXT = 20_000
# Words, or single marks; Chinese characters are alone in BERT's vocabulary.
WORD = re.compile(r"[㐀-鿿]|[^\W㐀-鿿_]+|[^\w\s]|_")


class WordPieces:
    """An uncased vocabulary; a word that it cannot spell becomes one unknown piece."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary) if piece}
        self.padding = self._numbers["[PAD]"]
        self._unknown = self._numbers["[UNK]"]
        self._first, self._last = self._numbers["[CLS]"], self._numbers["[SEP]"]

    def pieces(self, text: str, most: int) -> list[int]:
        """Give the numbers of a text's first pieces, between the two marks that BERT expects."""
        found = [self._first]
        for word in WORD.finditer(_bare(text[:LONGEST_TEXT])):
            found.extend(self._spelled(word[0]))
            if len(found) >= most - 1:
                break
        return [*found[: most - 1], self._last]

    def _spelled(self, word: str) -> list[int]:
        if len(word) > LONGEST_WORD:
            return [self._unknown]
        spelled = list(self._split(word))
        return spelled if self._unknown not in spelled else [self._unknown]

    def _split(self, word: str) -> Iterator[int]:
        start, prefix = 0, ""
        while start < len(word):
            end = len(word)
            while end > start and prefix + word[start:end] not in self._numbers:
                end -= 1
            if end == start:
                yield self._unknown
                return
            yield self._numbers[prefix + word[start:end]]
            start, prefix = end, "##"


def _bare(text: str) -> str:
    """Lower letters and drop their accents, as the uncased vocabulary was made."""
    spread = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in spread if unicodedata.category(letter) != "Mn")

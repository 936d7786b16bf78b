"""Texts made comparable, with a map from every character back to the original.

After Unicode's NFKC and case folding (UAX 15, toNFKC_Casefold); what they leave apart in Japanese
print (spaced voiced marks, radicals for ideographs, dashes for the long vowel) is joined here.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from banso.engines.text.folding import JOINING, Folded, Folding, codes_of, text_of
from banso.engines.text.layout import lay_out

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# Characters used for another and that NFKC leaves apart: radicals that PDF files use for
# ideographs (Unicode, EquivalentUnifiedIdeograph.txt) and common forms in names.
SAME = str.maketrans(
    "⺟⺠⻁⻄⻑⻘⻝⻣⻤⻨⻩⻫⻭⻯⻲髙﨑𠮷",
    "母民虎西長青食骨鬼麦黄斉歯竜亀高崎吉",
)
# The long-vowel mark goes with the dashes that it is written as; letters used as quotation marks;
# Hangul fillers.
DROPPED = frozenset("ーʹʺʻʼʽˈˊˋ\u115f\u1160")
VARIANTS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u2501\ufe58\ufe63", "-")
    | dict.fromkeys("‘’‚‛′´ʼ", "'")
    | dict.fromkeys("“”„‟″", '"')
    | dict.fromkeys("〜∼˜", "~")
    | dict.fromkeys("•‧∙⋅", "・")
    | dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n")
    # A line's hyphen as PDF readers write it.
    | dict.fromkeys("\x02\ufffe", "\u00ad")
)
KEPT_CONTROLS = "\n\r\u00ad"
SELECTORS = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


@dataclass(frozen=True, slots=True, eq=False)
class Normalised:
    """A normal form; its character n came from the original's `origins[n]` up to `ends[n]`."""

    text: str
    origins: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]
    length: int

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the smallest span of the original whose normal form contains this span."""
        if start >= end:
            place = int(self.origins[start]) if start < len(self.origins) else self.length
            return place, place
        return int(self.origins[start]), int(self.ends[end - 1])


def normalise(text: str) -> Normalised:
    """Keep letters and digits alone, in one width and case, without layout or long vowels.

    >>> normalise("ﾃﾞｰﾀは　３㎞、Wi-Fi").text
    'デタは3kmwifi'
    """
    return _normalised(_LETTERS.fold(codes_of(text)), len(text))


def plain(text: str) -> Normalised:
    """Keep case and punctuation, join the lines, and keep single spaces between Latin words.

    A blank line stays one line break, so that a heading does not run into a sentence.
    """
    return _normalised(lay_out(_PRINT.fold(codes_of(text))), len(text))


def _normalised(folded: Folded, length: int) -> Normalised:
    return Normalised(text_of(folded.codes), folded.starts, folded.ends, length)


def _letters(text: str) -> str:
    """Fold until nothing changes: lower case can need NFKC again, and NFKC lower case."""
    while True:
        spelled = unicodedata.normalize("NFKC", text.translate(JOINING)).translate(SAME)
        lowered = unicodedata.normalize("NFKC", spelled.casefold())
        kept = "".join(filter(_is_letter, lowered))
        if kept == text:
            return kept
        text = kept


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN" and character not in DROPPED


def _print(text: str) -> str:
    # Primes and marks that NFKC would spell with a space are replaced before it.
    spelled = unicodedata.normalize("NFKC", text.translate(JOINING).translate(VARIANTS))
    return "".join(map(_printed, spelled.translate(SAME).translate(VARIANTS)))


def _printed(character: str) -> str:
    if character in KEPT_CONTROLS:
        return character
    category = unicodedata.category(character)
    if character == "\t" or category[0] == "Z":
        return " "
    if category[0] == "C" or any(ord(character) in selectors for selectors in SELECTORS):
        return ""
    return character


_LETTERS = Folding(_letters)
_PRINT = Folding(_print)

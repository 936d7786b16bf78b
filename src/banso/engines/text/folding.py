"""Replacing characters one by one, at the speed of arrays, with the way back kept.

What replaces a character is computed once and kept in tables by code point; only characters that
join the one before them (voiced marks, accents, Hangul parts) are treated together with it.
"""

from __future__ import annotations

import threading
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Codes = npt.NDArray[np.uint32]
    Flags = npt.NDArray[np.bool_]
    Places = npt.NDArray[np.int32]

CODE_POINTS = 0x110000
# A base with more marks than this is cut, as Unicode's stream-safe text format does (UAX 15).
LONGEST_SEQUENCE = 31
MOST_PREFIXES = 6
# Sequences of up to three characters are looked up as one number, each different one once.
SHORT, CODE_BITS = 3, 21
CODE_MASK = (1 << CODE_BITS) - 1
ONE = np.uint64(1)
HANGUL_PARTS = range(0x1160, 0x1200)
# The voiced marks that are alone are written for the ones that join (か゛ for が).
JOINING = str.maketrans({"゛": "\u3099", "゜": "\u309a"})


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """Code points after folding; each came from the originals `starts` up to, not at, `ends`."""

    codes: Codes
    starts: Places
    ends: Places

    def after(self, earlier: Folded) -> Folded:
        """Follow this folding back through the one that ran before it."""
        return Folded(self.codes, earlier.starts[self.starts], earlier.ends[self.ends - 1])


class Folding:
    """The tables of one way to replace characters; they grow with the characters met."""

    def __init__(self, form: Callable[[str], str]) -> None:
        self._form = form
        self._lock = threading.Lock()
        self._lengths = np.zeros(CODE_POINTS, np.uint8)  # one more than the length; 0 is unknown
        self._offsets = np.zeros(CODE_POINTS, np.int32)
        self._joins = np.zeros(CODE_POINTS, np.bool_)
        self._pool = np.zeros(0, np.uint32)

    def fold(self, codes: Codes) -> Folded:
        """Replace until nothing changes; a second round is needed only where parts can join."""
        folded = self._fold_once(codes)
        while self._joining(folded.codes).any():
            again = self._fold_once(folded.codes).after(folded)
            if np.array_equal(again.codes, folded.codes):
                break
            folded = again
        return folded

    def _fold_once(self, codes: Codes) -> Folded:
        joins = self._joining(codes)
        # Read once: another thread may learn more meanwhile, and only ever adds.
        pool = self._pool
        lengths = self._lengths[codes].astype(np.int32) - 1
        offsets = self._offsets[codes]
        ends = np.arange(1, len(codes) + 1, dtype=np.int32)
        if joins.any():
            starts, which, sequences = _sequences(codes, joins)
            folded = list(map(self._shortest, sequences))
            sizes = np.array([len(text) for text, _ in folded], np.int32)
            lengths[joins] = 0
            lengths[starts] = sizes[which]
            offsets[starts] = (len(pool) + np.cumsum(sizes) - sizes)[which]
            ends[starts] = starts + np.array([size for _, size in folded], np.int32)[which]
            pool = np.concatenate([pool, codes_of("".join(text for text, _ in folded))])
        sources = np.repeat(np.arange(len(codes), dtype=np.int32), lengths)
        within = np.arange(len(sources), dtype=np.int32)
        within -= (np.cumsum(lengths, dtype=np.int32) - lengths)[sources]
        return Folded(pool[offsets[sources] + within], sources, ends[sources])

    def _shortest(self, sequence: str) -> tuple[str, int]:
        """Fold a sequence, and leave out of its origin the marks at its end that do nothing.

        No script puts so many marks on a letter that more prefixes are worth a try.
        """
        text = self._form(sequence)
        sizes = range(1, min(len(sequence), MOST_PREFIXES))
        enough = (size for size in sizes if self._form(sequence[:size]) == text)
        return text, next(enough, len(sequence))

    def _joining(self, codes: Codes) -> Flags:
        self._learn(codes)
        return self._joins[codes]

    def _learn(self, codes: Codes) -> None:
        if self._lengths[codes].all():
            return
        with self._lock:
            # Asked again: what another thread learnt meanwhile must not move.
            unknown = np.unique(codes[self._lengths[codes] == 0])
            forms = [self._form(chr(code)) for code in unknown.tolist()]
            sizes = np.array([len(form) for form in forms], np.int32)
            self._offsets[unknown] = len(self._pool) + np.cumsum(sizes) - sizes
            self._joins[unknown] = [_joins(chr(code)) for code in unknown.tolist()]
            self._pool = np.concatenate([self._pool, codes_of("".join(forms))])
            self._lengths[unknown] = sizes + 1  # last: it says that the rest is there


def codes_of(text: str) -> Codes:
    """Spell the text as code points."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def text_of(codes: Codes) -> str:
    """Write code points as text."""
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


def _joins(character: str) -> bool:
    """Tell whether the character can become one with the character before it."""
    first = unicodedata.normalize("NFKD", character.translate(JOINING))[0]
    return unicodedata.category(first)[0] == "M" or ord(first) in HANGUL_PARTS


def _sequences(codes: Codes, joins: Flags) -> tuple[Places, Places, list[str]]:
    """Find each base with what joins it: where, which of the different ones, and those."""
    edges = np.flatnonzero(np.diff(joins, prepend=False, append=False)).astype(np.int32)
    starts, ends = np.maximum(edges[::2] - 1, 0), edges[1::2]
    is_short = ends - starts <= SHORT
    short = starts[is_short]
    known, which = np.unique(_keys(codes, short, ends[is_short]), return_inverse=True)
    long = [
        (place, min(place + LONGEST_SEQUENCE, end))
        for start, end in zip(starts[~is_short].tolist(), ends[~is_short].tolist(), strict=True)
        for place in range(start, end, LONGEST_SEQUENCE)
    ]
    sequences = [*map(_spelled, known.tolist()), *(text_of(codes[slice(*span)]) for span in long)]
    return (
        np.concatenate([short, np.array([start for start, _ in long], np.int32)]),
        np.concatenate([which, np.arange(len(known), len(sequences))]).astype(np.int32),
        sequences,
    )


def _keys(codes: Codes, starts: Places, ends: Places) -> npt.NDArray[np.uint64]:
    """Pack up to three code points, each with one added, into one number."""
    keys = np.zeros(len(starts), np.uint64)
    for place in range(SHORT):
        at = np.minimum(starts + place, len(codes) - 1)
        packed = (codes[at].astype(np.uint64) + ONE) << np.uint64(place * CODE_BITS)
        keys |= np.where(starts + place < ends, packed, np.uint64(0))
    return keys


def _spelled(key: int) -> str:
    codes = (key >> place * CODE_BITS & CODE_MASK for place in range(SHORT))
    return "".join(chr(code - 1) for code in codes if code)

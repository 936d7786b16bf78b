"""Lines joined: within Japanese without a space, within English with one, hyphens undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from banso.engines.text.folding import CODE_POINTS, Folded

if TYPE_CHECKING:
    import numpy.typing as npt

    Codes = npt.NDArray[np.uint32]
    Flags = npt.NDArray[np.bool_]
    Positions = npt.NDArray[np.int64]

SPACE, LINE, RETURN, SOFT_HYPHEN, HYPHEN = map(ord, " \n\r\u00ad-")
PARAGRAPH_LINES = 2
JAPANESE_BLOCKS = (
    (0x3000, 0x3100),  # punctuation and kana
    (0x31F0, 0x3200),
    (0x3400, 0x4DC0),
    (0x4E00, 0xA000),
    (0xF900, 0xFB00),
    (0x1B000, 0x1B170),
    (0x20000, 0x323B0),
)


def lay_out(folded: Folded) -> Folded:
    """Replace each run of spaces and line breaks by what the text means there."""
    codes = folded.codes
    blank = _BLANK[codes]
    edges = np.flatnonzero(np.diff(blank, prepend=False, append=False))
    if not len(edges):
        return folded
    first, last = edges[::2], edges[1::2]
    becomes, undone = _decide(codes, first, last)
    written, ends, keep = codes.copy(), folded.ends.copy(), ~blank
    written[first] = becomes
    ends[first] = folded.ends[last - 1]
    keep[first] = becomes > 0
    keep[first[undone] - 1] = False
    return Folded(written[keep], folded.starts[keep], ends[keep])


def _decide(codes: Codes, first: Positions, last: Positions) -> tuple[Codes, Flags]:
    """Say what each run becomes (0 for nothing), and where a hyphen before it goes as well."""
    framed = np.concatenate([np.zeros(2, np.uint32), codes, np.zeros(1, np.uint32)])
    earlier, before, after = framed[first], framed[first + 1], framed[last + 2]
    lines = _count(_breaks(codes), first, last)
    divided = (lines == 1) & (before == HYPHEN) & _JOINS_HYPHEN[earlier] & _JOINS_HYPHEN[after]
    undone = divided & _LOWER[earlier] & _LOWER[after]
    broken_word = (lines == 1) & (_count(codes == SOFT_HYPHEN, first, last) > 0)
    only_soft = _count(codes != SOFT_HYPHEN, first, last) == 0
    joined = divided | broken_word | only_soft | JAPANESE[before] | JAPANESE[after]
    becomes = np.where(joined, 0, SPACE)
    becomes[(lines >= PARAGRAPH_LINES)] = LINE
    becomes[(before == 0) | (after == 0)] = 0
    return becomes.astype(np.uint32), undone


def _breaks(codes: Codes) -> Flags:
    breaks: Flags = (codes == RETURN) | (codes == LINE)
    breaks[:-1] &= (codes[:-1] == LINE) | (codes[1:] != LINE)
    return breaks


def _count(flags: Flags, first: Positions, last: Positions) -> Positions:
    totals = np.concatenate([[0], np.cumsum(flags)])
    return np.asarray(totals[last] - totals[first])


def _table(*blocks: tuple[int, int]) -> Flags:
    table = np.zeros(CODE_POINTS, np.bool_)
    for start, end in blocks:
        table[start:end] = True
    return table


_LOWERCASE = ((0x61, 0x7B), (0xDF, 0xF7), (0xF8, 0x100))
_BLANK = _table(*((code, code + 1) for code in (SPACE, LINE, RETURN, SOFT_HYPHEN)))
_LOWER = _table(*_LOWERCASE)
_JOINS_HYPHEN = _table((0x30, 0x3A), (0x41, 0x5B), *_LOWERCASE)
JAPANESE = _table(*JAPANESE_BLOCKS)

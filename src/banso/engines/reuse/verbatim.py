"""Runs of characters found in both of two normalised texts, all of them from 24 up.

Every run of 24 characters is looked up by its value, then followed as far as the texts agree; each
character of the manuscript is followed once, so that a text of one character stays linear.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

import numpy as np

from banso.engines.reuse.fingerprints import GUARANTEED, covered, gram_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from banso.engines.reuse.findings import Span
    from banso.engines.text.normal import Normalised

    Codes = NDArray[np.uint32]

OCCURRENCES: Final = 8
LONGEST_GROWTH: Final = 24
_FIRST_STRIDE: Final = 64


def shared_runs(manuscript: Codes, source: Codes) -> list[tuple[int, int, int]]:
    """Find runs as (place in the manuscript, place in the source, length), by place."""
    return list(_runs(manuscript, source))


def shared_places(manuscript: Codes, source: Codes) -> NDArray[np.bool_]:
    """Mark the characters of the manuscript in such a run."""
    wanted, offered = gram_values(manuscript, GUARANTEED), gram_values(source, GUARANTEED)
    return covered(np.isin(wanted, offered), len(manuscript))


def grown(
    manuscript: tuple[Normalised, Span], source: tuple[Normalised, Span]
) -> tuple[Span, Span]:
    """Lengthen two spans of the originals as far as the letters before and after are the same."""
    (mine, span), (theirs, origin) = manuscript, source
    first, end = _normalised_span(mine, span)
    source_first, source_end = _normalised_span(theirs, origin)
    before = _count_same(_backwards(mine.text, first), _backwards(theirs.text, source_first))
    after = _count_same(_onwards(mine.text, end), _onwards(theirs.text, source_end))
    return (
        mine.original_span(first - before, end + after),
        theirs.original_span(source_first - before, source_end + after),
    )


def _normalised_span(normal: Normalised, span: Span) -> Span:
    return (
        int(np.searchsorted(normal.origins, span[0])),
        int(np.searchsorted(normal.ends, span[1], "right")),
    )


def _backwards(text: str, end: int) -> str:
    return text[max(0, end - LONGEST_GROWTH) : end][::-1]


def _onwards(text: str, start: int) -> str:
    return text[start : start + LONGEST_GROWTH]


def _count_same(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _runs(manuscript: Codes, source: Codes) -> Iterator[tuple[int, int, int]]:
    offered = gram_values(source, GUARANTEED)
    order = np.argsort(offered, kind="stable")
    offered = offered[order]
    wanted = gram_values(manuscript, GUARANTEED)
    left = np.searchsorted(offered, wanted, "left")
    right = np.searchsorted(offered, wanted, "right")
    starts = np.flatnonzero(right > left)
    at = 0
    while at < len(starts):
        start = int(starts[at])
        places = order[left[start] : min(right[start], left[start] + OCCURRENCES)]
        length, place = max(
            (_agreement(manuscript[start:], source[place:]), -int(place)) for place in places
        )
        if length >= GUARANTEED:
            yield start, -place, length
        # The next run may begin inside this one, where it leaves it.
        at = max(at + 1, int(np.searchsorted(starts, start + length - GUARANTEED + 1)))


def _agreement(one: Codes, other: Codes) -> int:
    """Count the characters up to the first difference, in growing strides."""
    limit = min(len(one), len(other))
    done, stride = 0, _FIRST_STRIDE
    while done < limit:
        end = min(done + stride, limit)
        differing = np.flatnonzero(one[done:end] != other[done:end])
        if len(differing):
            return done + int(differing[0])
        done, stride = end, stride * 2
    return limit

"""Passages that say the same with words changed, left out or in another order.

Seeds are pairs of words near each other in both texts, whatever their order. Seeds that lie
together in both texts make a cluster; of its words the stretch is kept in which the shared ones
outweigh the others most. After M. Sanchez-Perez, G. Sidorov, A. Gelbukh, *A Winning Approach to
Text Alignment for Text Reuse Detection at PAN 2014*, CLEF 2014, with word pairs for sentences.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from banso.engines.reuse.fingerprints import pair_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Places = NDArray[np.int64]
    Weights = NDArray[np.float64]

NEIGHBOURS: Final = 8
REACH: Final = 3
PENALTY: Final = 0.7
LEAST_EVIDENCE: Final = 3.2
LEAST_WORDS: Final = 4
STEP: Final = 4
SHARE_POWER: Final = 0.5
ORDER_POWER: Final = 2.0
OCCURRENCES: Final = 8


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a manuscript in a source, by half-open numbers of words in each.

    `share` is the part of the manuscript's words that the source has, `ordered` the part of these
    that follow each other in the source as well.
    """

    manuscript: tuple[int, int]
    source: tuple[int, int]
    evidence: float
    share: float
    ordered: float


def reworded(manuscript: Hashes, source: Hashes, weights: Weights) -> list[Stretch]:
    """Find stretches of words that both texts share; weights are of the manuscript's words."""
    firsts, seconds = seeds(manuscript, source)
    return [
        stretch
        for members in _clusters(firsts, seconds)
        for stretch in _stretches(manuscript, source, weights, (firsts[members], seconds[members]))
    ]


def seeds(manuscript: Hashes, source: Hashes) -> tuple[Places, Places]:
    """Pair places where the same two words are near each other; none of one word twice."""
    wanted, places = pair_values(manuscript)
    offered, origins = pair_values(source)
    order = np.argsort(offered, kind="stable")
    offered = offered[order]
    left = np.searchsorted(offered, wanted, "left")
    counts = np.minimum(np.searchsorted(offered, wanted, "right") - left, OCCURRENCES)
    firsts = np.repeat(places, counts).astype(np.int64)
    offsets = np.arange(len(firsts)) - np.repeat(np.cumsum(counts) - counts, counts)
    return firsts, origins[order][np.repeat(left, counts) + offsets].astype(np.int64)


def _clusters(firsts: Places, seconds: Places) -> Iterator[Places]:
    """Part seeds until none is far from the others of its part, in either text."""
    parts = [(np.arange(len(firsts)), 0)] if len(firsts) else []
    while parts:
        members, settled = parts.pop()
        along = (firsts, seconds)[settled % 2][members]
        order = np.argsort(along, kind="stable")
        breaks = np.flatnonzero(np.diff(along[order]) > NEIGHBOURS) + 1
        if not len(breaks) and settled:
            yield members
            continue
        following = (settled + 1) if not len(breaks) else 2 - (settled + 1) % 2
        parts += [(part, following) for part in np.split(members[order], breaks)]


def _stretches(
    manuscript: Hashes, source: Hashes, weights: Weights, members: tuple[Places, Places]
) -> Iterator[Stretch]:
    firsts, seconds = members
    if len(firsts) + 1 < LEAST_WORDS:
        return
    order = np.argsort(firsts, kind="stable")
    firsts, shifts = firsts[order], (seconds - firsts)[order]
    origin, limit = _window(seconds, len(source))
    remaining = [_window(firsts, len(manuscript))]
    while remaining:
        start, end = remaining.pop()
        inside = shifts[slice(*np.searchsorted(firsts, (start, end)))]
        if not len(inside):
            continue
        shift = int(np.median(inside))
        partners = _partners(manuscript[start:end], source[origin:limit], start + shift - origin)
        cut, found = _judged(partners, weights[start:end])
        if found is not None:
            yield _moved(found, start, origin)
            remaining += [(start, start + cut[0]), (start + cut[1], end)]


def _window(places: Places, count: int) -> tuple[int, int]:
    return max(0, int(places.min()) - REACH), min(count, int(places.max()) + 1 + 2 * REACH)


def _partners(mine: Hashes, theirs: Hashes, shift: int) -> Places:
    """Give each word of one text the nearest place of the same in the other, or -1.

    Nearest after moving by the shift; a place is given once, to the first who asks.
    """
    values = np.unique(theirs)
    span = len(theirs) + 1
    offered = np.sort(np.searchsorted(values, theirs) * span + np.arange(len(theirs)))
    ranks = np.minimum(np.searchsorted(values, mine), len(values) - 1)
    known = values[ranks] == mine
    wanted = ranks * span + np.clip(np.arange(len(mine)) + shift, 0, span - 1)
    above = np.minimum(np.searchsorted(offered, wanted), len(offered) - 1)
    below = np.maximum(above - 1, 0)
    is_above = offered[above] // span == ranks
    is_below = offered[below] // span == ranks
    is_nearer = np.abs(offered[above] - wanted) <= np.abs(offered[below] - wanted)
    nearer = np.where(is_above & (is_nearer | ~is_below), above, below)
    places = np.where(known, offered[nearer] - ranks * span, -1)
    _, asked_first = np.unique(places, return_index=True)
    given = np.full(len(mine), -1, dtype=np.int64)
    given[asked_first] = places[asked_first]
    return given


def _judged(partners: Places, weights: Weights) -> tuple[tuple[int, int], Stretch | None]:
    """Trim both texts to where shared words outweigh the others, and weigh what is shared.

    The less of either text the shared words are, and the less they follow each other there, the
    less they tell.
    """
    start, end = _heaviest(np.where(partners >= 0, weights, -PENALTY * weights))
    shared = np.flatnonzero(partners[start:end] >= 0) + start
    if len(shared) < LEAST_WORDS:
        return (start, end), None
    origin, limit = _densest(partners[shared])
    kept = shared[(partners[shared] >= origin) & (partners[shared] < limit)]
    if len(kept) < LEAST_WORDS:
        return (start, end), None
    start, end = int(kept[0]), int(kept[-1]) + 1
    steps = np.diff(partners[kept])
    ordered = float(((steps > 0) & (steps <= STEP)).mean())
    share = len(kept) / (end - start)
    evidence = float(weights[kept].sum())
    evidence *= (share * len(kept) / (limit - origin)) ** SHARE_POWER * ordered**ORDER_POWER
    if evidence < LEAST_EVIDENCE:
        return (start, end), None
    return (start, end), Stretch((start, end), (origin, limit), evidence, share, ordered)


def _densest(places: Places) -> tuple[int, int]:
    """Keep the stretch of the source where the shared words outweigh the gaps between them."""
    along = np.sort(places)
    gains = np.full(2 * len(along) - 1, 1.0)
    gains[1::2] = -PENALTY * (np.diff(along) - 1)
    first, limit = _heaviest(gains)
    return int(along[(first + 1) // 2]), int(along[(limit - 1) // 2]) + 1


def _heaviest(gains: Weights) -> tuple[int, int]:
    """Find the stretch with the greatest sum (Kadane)."""
    sums = np.concatenate(([0.0], np.cumsum(gains)))
    lowest = np.minimum.accumulate(sums)
    end = int(np.argmax(sums - lowest))
    return int(np.argmin(sums[: end + 1])), end


def _moved(stretch: Stretch, start: int, origin: int) -> Stretch:
    return replace(
        stretch,
        manuscript=(stretch.manuscript[0] + start, stretch.manuscript[1] + start),
        source=(stretch.source[0] + origin, stretch.source[1] + origin),
    )

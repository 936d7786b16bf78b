"""Which sources may share something with a manuscript, judged by their fingerprints alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from banso.engines.reuse.figures import TOGETHER, figure_values
from banso.engines.reuse.fingerprints import GRAM, gram_values, keyed, triple_values, winnowed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from banso.engines.reuse.findings import Span
    from banso.engines.reuse.reading import Reading
    from banso.engines.reuse.sources import SourceIndex

    Prints = NDArray[np.uint32]
    Places = NDArray[np.int64]

NEIGHBOURHOOD: Final = 16
LEAST_WEIGHT: Final = 3.5
NEAR_CHARACTERS: Final = 150
AROUND: Final = 300
OCCURRENCES: Final = 16
MANY: Final = 400
_SIEVE_BITS: Final = 22
_SIEVE_MASK: Final = np.uint32((1 << _SIEVE_BITS) - 1)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Names of sources to open, by the channel that asks; words ask for parts of a source."""

    characters: frozenset[str]
    words: Mapping[str, list[Span]]
    figures: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """The sources that any channel asks for."""
        return self.characters | self.words.keys() | self.figures


def candidates(
    manuscript: Reading,
    weights: NDArray[np.float64],
    indexes: Mapping[str, SourceIndex],
    key: bytes,
) -> Candidates:
    """Choose sources to open; one that shares 24 normalised characters is always chosen."""
    return Candidates(
        characters=_sharing_characters(manuscript, indexes, key),
        words=_sharing_words(manuscript, weights, indexes, key),
        figures=_sharing_figures(manuscript, indexes, key),
    )


def _sharing_characters(
    manuscript: Reading, indexes: Mapping[str, SourceIndex], key: bytes
) -> frozenset[str]:
    wanted = winnowed(keyed(gram_values(manuscript.codes, GRAM), key, "characters"))
    sieve = _Sieve(wanted)
    return frozenset(name for name, index in indexes.items() if len(sieve.hits(index.characters)))


def _sharing_figures(
    manuscript: Reading, indexes: Mapping[str, SourceIndex], key: bytes
) -> frozenset[str]:
    """Choose sources with one figure that tells something alone, or enough of the others."""
    figures = manuscript.figures
    prints = keyed(figure_values(figures), key, "figures")
    alone = prints[np.array([one.alone for one in figures], dtype=np.bool_)]
    sieve, sieve_alone = _Sieve(prints), _Sieve(alone)
    return frozenset(
        name
        for name, index in indexes.items()
        if len(sieve.hits(index.figures)) >= TOGETHER or len(sieve_alone.hits(index.figures))
    )


def _sharing_words(
    manuscript: Reading,
    weights: NDArray[np.float64],
    indexes: Mapping[str, SourceIndex],
    key: bytes,
) -> dict[str, list[Span]]:
    """Choose parts of sources with enough of the words of some neighbourhood, by threes."""
    values, places = triple_values(manuscript.words.values)
    prints = keyed(values, key, "triples")
    order = np.argsort(prints, kind="stable")
    prints, places = prints[order], places[order]
    sieve = _Sieve(prints)
    chosen = {}
    for name, index in indexes.items():
        hits = sieve.hits(index.triples)
        mine, partners = _members(prints, index.triples[hits])
        origins = index.places[hits][partners].astype(np.int64)
        telling = _telling(places[mine], origins, weights)
        if len(telling):
            chosen[name] = _parts(origins[telling])
    return chosen


def _parts(places: Places) -> list[Span]:
    """Join neighbouring places of a source to parts, with what is around them."""
    places = np.sort(places)
    breaks = np.flatnonzero(np.diff(places) > AROUND) + 1
    return [
        (max(0, int(part[0]) - AROUND), int(part[-1]) + AROUND)
        for part in np.split(places, breaks)
    ]


class _Sieve:
    """Finds which fingerprints are among the wanted ones, mostly at the speed of memory.

    A table of the lower bits lets past one in hundreds of those that are not.
    """

    def __init__(self, wanted: Prints) -> None:
        self._wanted = np.unique(wanted)
        self._table = np.zeros(1 << _SIEVE_BITS, dtype=np.bool_)
        self._table[self._wanted & _SIEVE_MASK] = True

    def hits(self, prints: Prints) -> Places:
        """Give the places of the wanted among the fingerprints."""
        likely = np.flatnonzero(self._table[prints & _SIEVE_MASK])
        if not len(self._wanted):
            return likely
        values = prints[likely]
        places = np.minimum(np.searchsorted(self._wanted, values), len(self._wanted) - 1)
        wanted: Places = likely[self._wanted[places] == values]
        return wanted


def _members(prints: Prints, found: Prints) -> tuple[Places, Places]:
    """Pair those found with their places in sorted fingerprints, with the first few of each."""
    first = np.searchsorted(prints, found, "left")
    counts = np.minimum(np.searchsorted(prints, found, "right") - first, OCCURRENCES)
    partners = np.repeat(np.arange(len(found)), counts)
    offsets = np.arange(len(partners)) - np.repeat(np.cumsum(counts) - counts, counts)
    return first[partners] + offsets, partners


def _telling(places: Places, origins: Places, weights: NDArray[np.float64]) -> Places:
    """Choose triples near which, in both texts, the different words of triples weigh enough.

    Where there are very many, all are chosen.
    """
    if not len(places) or len(places) > MANY:
        return np.arange(len(places))
    near = np.abs(places[:, 0, np.newaxis] - places[:, 0]) <= NEIGHBOURHOOD
    near &= np.abs(origins[:, np.newaxis] - origins) <= NEAR_CHARACTERS
    words, numbers = np.unique(places, return_inverse=True)
    holds = np.zeros((len(places), len(words)), dtype=np.float32)
    np.put_along_axis(holds, numbers.reshape(places.shape), 1.0, axis=1)
    together = near.astype(np.float32) @ holds > 0
    return np.flatnonzero(together @ weights[words] >= LEAST_WEIGHT)

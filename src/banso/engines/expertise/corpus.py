"""Texts that are added and removed one by one, and weighed together when they are next asked.

Weights are BM25's saturation of a term's count times its smoothed rarity, each row of length one
(Robertson and Zaragoza 2009; Salton and Buckley 1988). Reading a text, which costs most, is done
once; rarity, translations and neighbours belong to the whole and are worked out again on demand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from banso.engines.expertise.bridge import Bridge
from banso.engines.expertise.products import Floats, Multiplier, supporters
from banso.engines.expertise.reading import Reading, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

SATURATION = 1.2
# Long texts say more; full normalisation to length one would hold that against them.
EVENNESS = 0.75


@dataclass(frozen=True, slots=True)
class Stored:
    """A read text as numbers of terms, so that ten thousand of them stay small."""

    terms: NDArray[np.int32]
    counts: Floats
    glosses: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Corpus:
    """Candidate texts, and background texts that only tell how rare a term is."""

    neighbours: int
    _stored: dict[tuple[bool, str], Stored] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _weighed: Weighed | None = None

    def add(self, name: str, title: str, text: str, *, is_candidate: bool = True) -> None:
        """Read a text; one of the same name is replaced. Background has names of its own."""
        reading = read(title, text)
        numbers = [self._numbers.setdefault(term, len(self._numbers)) for term in reading.counts]
        counts = np.fromiter(reading.counts.values(), np.float32, len(numbers))
        self._stored[is_candidate, name] = Stored(
            np.array(numbers, np.int32), counts, reading.glosses
        )
        self._weighed = None

    def remove(self, name: str, *, is_candidate: bool = True) -> None:
        """Forget a text."""
        del self._stored[is_candidate, name]
        self._weighed = None

    @property
    def weighed(self) -> Weighed:
        """Weigh the texts as they are now."""
        if self._weighed is None:
            # In the order of names, so that a rebuilt corpus breaks ties in the same way.
            stored = dict(sorted(self._stored.items()))
            self._weighed = Weighed(list(self._numbers), stored, self.neighbours)
        return self._weighed


class Weighed:
    """The corpus at one instant: rarity, translations and the candidates' weighed rows."""

    def __init__(
        self, terms: list[str], stored: Mapping[tuple[bool, str], Stored], neighbours: int
    ) -> None:
        self.terms = terms
        self._numbers = {term: number for number, term in enumerate(terms)}
        self._neighbours = neighbours
        self.names = [name for is_candidate, name in stored if is_candidate]
        counted = _counted(stored.values(), len(terms))
        live = np.flatnonzero(np.bincount(counted.indices, minlength=len(terms)))
        glosses = {gloss for text in stored.values() for gloss in text.glosses}
        self._bridge = Bridge(glosses, [terms[number] for number in live])
        counted = (counted + counted @ self._bridged(live)).tocsr()
        self._size = len(stored)
        use = np.bincount(counted.indices, minlength=len(terms))
        # The last place is for terms that the corpus has never seen.
        self._rarity = self._rare(np.append(use, 0))
        candidates = [row for row, (is_candidate, _) in enumerate(stored) if is_candidate]
        self.rows = self._unit(counted[candidates])

    def _rare(self, use: NDArray[np.int64]) -> NDArray[np.float64]:
        rarity: NDArray[np.float64] = np.log((1 + self._size) / (1 + use)) + 1
        return rarity

    def _bridged(self, live: NDArray[np.int64]) -> sparse.csr_array:
        """Let every Japanese term count for its English ones as well."""
        steps = [
            (number, self._numbers[english])
            for number in live.tolist()
            for english in self._bridge.translations(self.terms[number])
            if english in self._numbers
        ]
        pairs = np.array(steps, dtype=np.int64).reshape(-1, 2)
        ones = np.ones(len(steps), np.float32)
        shape = (len(self.terms), len(self.terms))
        return sparse.csr_array((ones, (pairs[:, 0], pairs[:, 1])), shape=shape)

    def _unit(self, counted: sparse.csr_array) -> sparse.csr_array:
        weighed = counted.copy()
        weighed.data = _saturated(weighed.data) * self._rarity[weighed.indices]
        lengths = np.sqrt((weighed * weighed).sum(axis=1))
        usual = lengths.mean() if len(lengths) else 1.0
        return _scaled(weighed, lengths**EVENNESS * usual ** (1 - EVENNESS))

    @cached_property
    def multiplier(self) -> Multiplier:
        """Prepare the candidates for products."""
        return Multiplier(self.rows)

    @cached_property
    def support(self) -> sparse.csr_array:
        """Share of each candidate's neighbours in it: few words are made more by what is near."""
        return supporters(self.multiplier, self.rows, self._neighbours)

    def asked(self, readings: Sequence[Reading]) -> sparse.csr_array:
        """Weigh texts that are not in the corpus; terms unknown to it count in their length."""
        weighed = [self._asked(reading) for reading in readings]
        counted = sparse.csr_array(
            (
                np.concatenate([values for _, values, _ in weighed]),
                np.concatenate([terms for terms, _, _ in weighed]),
                np.cumsum([0, *(len(terms) for terms, _, _ in weighed)]),
            ),
            shape=(len(readings), len(self.terms)),
        )
        unknown = np.array([weight for _, _, weight in weighed])
        return _scaled(counted, np.sqrt((counted * counted).sum(axis=1) + unknown))

    def _asked(self, reading: Reading) -> tuple[NDArray[np.int64], NDArray[np.float64], float]:
        """Give the known terms with their weights, and the squared weight of the unknown ones."""
        counts = self.expanded(reading)
        numbers = np.array([self._numbers.get(term, -1) for term in counts], dtype=np.int64)
        values = _saturated(np.array(list(counts.values()), dtype=np.float64))
        is_known = numbers >= 0
        values *= self._rarity[numbers]
        unknown = float((values[~is_known] ** 2).sum())
        return numbers[is_known], values[is_known], unknown

    def expanded(self, reading: Reading) -> dict[str, float]:
        """Add the English of Japanese terms to a text's own terms."""
        counts: dict[str, float] = dict(reading.counts)
        for term, count in reading.counts.items():
            for english in self._bridge.translations(term):
                counts[english] = counts.get(english, 0) + count
        return counts

    def spelled(self, reading: Reading) -> dict[str, str]:
        """Write each term as it is in the text, a translated one as its Japanese."""
        surfaces = dict(reading.surfaces)
        for term, surface in reading.surfaces.items():
            for english in self._bridge.translations(term):
                surfaces.setdefault(english, surface)
        return surfaces


def _counted(texts: Iterable[Stored], width: int) -> sparse.csr_array:
    stored = list(texts)
    ends = np.cumsum([0, *(len(text.terms) for text in stored)])
    terms = np.concatenate([np.empty(0, np.int32), *(text.terms for text in stored)])
    counts = np.concatenate([np.empty(0, np.float32), *(text.counts for text in stored)])
    return sparse.csr_array((counts, terms, ends), shape=(len(stored), width))


def _saturated(counts: NDArray[Any]) -> NDArray[Any]:
    """Let a term that is repeated count for more, but never for more than about twice."""
    return counts * (SATURATION + 1) / (counts + SATURATION)


def _scaled(rows: sparse.csr_array, lengths: NDArray[Any]) -> sparse.csr_array:
    lengths = np.where(lengths > 0, lengths, 1)
    repeated = np.repeat(lengths, np.diff(rows.indptr))
    values = (rows.data / repeated).astype(np.float32)
    return sparse.csr_array((values, rows.indices, rows.indptr), shape=rows.shape)

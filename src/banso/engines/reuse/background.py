"""What is public: phrases that anybody may write, and how much a word says.

A word says little when many public texts have it, and still less when public texts have it next
to the word before it: 第二次世界大戦 is five words and one thing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import numpy as np

from banso.engines.reuse.fingerprints import GUARANTEED, adjacent_values, covered, gram_values
from banso.engines.reuse.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from banso.engines.reuse.reading import Words

    Hashes = NDArray[np.uint64]

FOLLOWING: Final = 0.4
_LEAST_SAYING: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """Runs, words and neighbours of public texts; the empty one sets nothing aside."""

    runs: Hashes
    neighbours: Hashes
    words: Hashes
    counts: NDArray[np.int64]
    texts: int

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Learn from public texts; a paragraph or a page each tells more than a whole book."""
        runs, neighbours = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint64)]
        counts: Counter[int] = Counter()
        number = 0
        for text in texts:
            reading = Reading(text)
            number += 1
            runs.append(gram_values(reading.codes, GUARANTEED))
            neighbours.append(np.unique(adjacent_values(reading.words.values)))
            counts.update(set(reading.words.values.tolist()))
        words = np.array(sorted(counts), dtype=np.uint64)
        return cls(
            runs=np.unique(np.concatenate(runs)),
            neighbours=np.unique(np.concatenate(neighbours)),
            words=words,
            counts=np.array([counts[word] for word in words.tolist()], dtype=np.int64),
            texts=number,
        )

    def weights(self, words: Words) -> NDArray[np.float64]:
        """Say how much each word of a text tells, up to 1 for one that no public text has."""
        weights = words.weights.copy()
        if not len(self.words) or not len(weights):
            return weights
        places = np.minimum(np.searchsorted(self.words, words.values), len(self.words) - 1)
        counts = np.where(self.words[places] == words.values, self.counts[places], 0)
        weights *= np.maximum(_LEAST_SAYING, 1 - np.log1p(counts) / np.log1p(self.texts))
        weights[1:][np.isin(adjacent_values(words.values), self.neighbours)] *= FOLLOWING
        return weights

    def marks(self, codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """Mark the normalised characters in public texts, in runs of 24 and more."""
        return covered(np.isin(gram_values(codes, GUARANTEED), self.runs), len(codes))


NOTHING_PUBLIC: Final = Background.of(())

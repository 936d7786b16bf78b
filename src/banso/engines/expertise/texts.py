"""Texts against texts: a need against seeds, a seed against needs, a question and paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from banso.engines.expertise.corpus import Corpus
from banso.engines.expertise.explaining import shared_terms
from banso.engines.expertise.matches import TextMatch
from banso.engines.expertise.reading import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banso.engines.expertise.products import Floats


class Texts:
    """Named texts among which the nearest to another text are found."""

    def __init__(self) -> None:
        self._corpus = Corpus(0)

    @property
    def names(self) -> tuple[str, ...]:
        """The texts in the order of the columns of `scores`."""
        return tuple(sorted(self._corpus.weighed.names))

    def add(self, name: str, title: str, text: str = "") -> None:
        """Add a text; one of the same name is replaced."""
        self._corpus.add(name, title, text)

    def remove(self, name: str) -> None:
        """Take a text away."""
        self._corpus.remove(name)

    def scores(self, texts: Sequence[tuple[str, str]]) -> Floats:
        """Score each text (title, text) in a row against each of `names` in a column."""
        weighed = self._corpus.weighed
        table = np.zeros((len(texts), len(weighed.names)), dtype=np.float32)
        order = np.argsort(np.array(weighed.names, dtype=object))
        asked = [read(title, text) for title, text in texts]
        if asked:
            for piece, near in weighed.multiplier.pieces(weighed.asked(asked)):
                table[piece] = near[:, order]
        return table

    def nearest(self, text: str, title: str = "", top: int = 10) -> list[TextMatch]:
        """List the nearest texts with the terms that they share, nothing that shares none."""
        weighed = self._corpus.weighed
        reading = read(title, text)
        asked = weighed.asked([reading])
        near = weighed.multiplier.products(asked)[0]
        found = [place for place in range(len(weighed.names)) if near[place] > 0]
        found.sort(key=lambda place: (-near[place], weighed.names[place]))
        return [
            TextMatch(
                weighed.names[place],
                float(near[place]),
                shared_terms(weighed, reading, asked, weighed.rows[[place]]),
            )
            for place in found[: max(top, 0)]
        ]

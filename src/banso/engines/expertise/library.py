"""People and what they wrote, ranked by how near their best few papers are to a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from scipy import sparse

from banso.engines.expertise.corpus import Corpus
from banso.engines.expertise.explaining import shared_terms
from banso.engines.expertise.matches import Match, PaperMatch
from banso.engines.expertise.meaning import Meanings
from banso.engines.expertise.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from banso.engines.expertise.embedding import Encoder
    from banso.engines.expertise.products import Floats
    from banso.engines.expertise.reading import Reading

Text: TypeAlias = "tuple[str, str]"
# Chosen on the development part of the English gold standard; docs/engines.md has the figures.
BEST_PAPERS = 3
SUPPORTERS = 3
MEANING_WEIGHT = 0.06


class Library:
    """Persons with their papers; a paper may have several authors, and counts for each."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._corpus = Corpus(SUPPORTERS)
        self._papers: dict[str, dict[str, None]] = {}
        self._meanings = Meanings(encoder)

    @property
    def people(self) -> tuple[str, ...]:
        """Everyone with a paper, in the order of the columns of `scores`."""
        return tuple(sorted(self._papers))

    def add_paper(self, person: str, paper: str, title: str, abstract: str = "") -> None:
        """Give a person a paper; a known paper's text is replaced for all its authors."""
        self._corpus.add(paper, title, abstract)
        self._meanings.add(paper, title, abstract)
        self._papers.setdefault(person, {})[paper] = None

    def remove_paper(self, person: str, paper: str) -> None:
        """Take a paper from a person; without any, the person is in the library no more."""
        del self._papers[person][paper]
        if not self._papers[person]:
            del self._papers[person]
        if not any(paper in papers for papers in self._papers.values()):
            self._corpus.remove(paper)
            self._meanings.remove(paper)

    def remove_person(self, person: str) -> None:
        """Take all papers from a person."""
        for paper in tuple(self._papers[person]):
            self.remove_paper(person, paper)

    def know_text(self, name: str, title: str, text: str) -> None:
        """Learn from a text (a call's proposals) how rare terms are; it is never ranked."""
        self._corpus.add(name, title, text, is_candidate=False)

    def forget_text(self, name: str) -> None:
        """Forget what `know_text` learned from a text."""
        self._corpus.remove(name, is_candidate=False)

    def scores(self, texts: Sequence[Text]) -> Floats:
        """Score each text (title, text) in a row against each of `people` in a column."""
        people = self.people
        table = np.zeros((len(texts), len(people)), dtype=np.float32)
        groups = list(self._columns(people))
        for piece, near in self._nearness(texts):
            for column, papers in enumerate(groups):
                table[piece, column] = _pooled(near[papers])
        return table

    def rank(self, text: str, title: str = "", top: int = 10) -> list[Match]:
        """List the nearest people, each with the papers and the terms that matched."""
        people = self.people
        if not people:
            return []
        [(_, near)] = self._nearness([(title, text)])
        groups = dict(zip(people, self._columns(people), strict=True))
        pooled = {person: float(_pooled(near[papers])[0]) for person, papers in groups.items()}
        best = sorted(people, key=lambda person: (-pooled[person], person))[: max(top, 0)]
        reading = read(title, text)
        asked = self._corpus.weighed.asked([reading])
        return [
            self._explained(person, groups[person], near[:, 0], (reading, asked))
            for person in best
        ]

    def _columns(self, people: Sequence[str]) -> Iterator[list[int]]:
        columns = {name: column for column, name in enumerate(self._corpus.weighed.names)}
        for person in people:
            yield sorted(columns[paper] for paper in self._papers[person])

    def _nearness(self, texts: Sequence[Text]) -> Iterator[tuple[slice, Floats]]:
        """Give papers in rows against some of the texts in columns, supported by neighbours."""
        weighed = self._corpus.weighed
        readings = [read(title, text) for title, text in texts]
        if not readings:
            return
        meanings = self._meanings.asked(texts)
        for piece, near in weighed.multiplier.pieces(weighed.asked(readings)):
            meant = self._meanings.products(meanings[piece], weighed.names)
            both = near + MEANING_WEIGHT * meant
            yield piece, weighed.support @ np.ascontiguousarray(both.T)

    def _explained(
        self,
        person: str,
        papers: list[int],
        near: Floats,
        asked: tuple[Reading, sparse.csr_array],
    ) -> Match:
        weighed = self._corpus.weighed
        best = sorted(papers, key=lambda paper: (-near[paper], weighed.names[paper]))[:BEST_PAPERS]
        support = weighed.support[best].mean(axis=0)
        shares = sparse.csr_array(np.atleast_2d(support).astype(np.float32))
        terms = shared_terms(weighed, asked[0], asked[1], (shares @ weighed.rows).tocsr())
        score = float(near[best].mean())
        lexical = sum(term.share for term in terms)
        return Match(
            person=person,
            score=score,
            papers=tuple(PaperMatch(weighed.names[paper], float(near[paper])) for paper in best),
            terms=terms,
            meaning=score - lexical if self._meanings.is_used else 0.0,
        )


def _pooled(near: Floats) -> Floats:
    """Average the best few: a person of many subjects is not judged by all of them at once."""
    if len(near) > BEST_PAPERS:
        near = np.partition(near, len(near) - BEST_PAPERS, axis=0)[-BEST_PAPERS:]
    pooled: Floats = near.mean(axis=0)
    return pooled

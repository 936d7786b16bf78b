"""Papers that reviewers rated by how well they know them: the data, the loss, and two peers."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from rank_bm25 import BM25Okapi
from sklearn.feature_extraction.text import TfidfVectorizer

from banso.engines.text.words import content_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

Text: TypeAlias = "tuple[str, str]"
Table: TypeAlias = "NDArray[np.floating[Any]]"
KNOWN_WELL, KNOWN_LITTLE = 4, 2


@dataclass(frozen=True, slots=True)
class Judged:
    """Papers that reviewers rated by how well they know them, and what the reviewers wrote."""

    rated: dict[str, Text]
    written: dict[str, list[tuple[str, Text]]]
    ratings: dict[str, list[tuple[str, float]]]


def read_judged(folder: Path) -> Judged:
    """Read the gold standard in its own layout."""
    papers = map(json.loads, (folder / "papers.jsonl").read_text("utf-8").splitlines())
    reviewers = map(json.loads, (folder / "reviewers.jsonl").read_text("utf-8").splitlines())
    with (folder / "ratings.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return Judged(
        {paper["id"]: _title_and_abstract(paper) for paper in papers},
        {
            str(reviewer["reviewer"]): [
                (paper["id"], _title_and_abstract(paper)) for paper in reviewer["papers"]
            ]
            for reviewer in reviewers
        },
        {row["ParticipantID"]: _ratings(row) for row in rows},
    )


def _title_and_abstract(paper: dict[str, str | None]) -> Text:
    return paper["title"] or "", paper["abstract"] or ""


def _ratings(row: dict[str, str]) -> list[tuple[str, float]]:
    numbers = [number for number in range(1, 11) if row.get(f"Paper{number}")]
    return [
        (row[f"Paper{number}"], float(row[f"Expertise{number}"]))
        for number in numbers
        if row[f"Expertise{number}"]
    ]


@dataclass(slots=True)
class Ordered:
    """Pairs of one person's ratings: difference ordered wrongly, of all; and easy and hard pairs."""

    wrong: float = 0.0
    total: float = 0.0
    easy_right: float = 0.0
    easy: int = 0
    hard_right: float = 0.0
    hard: int = 0

    def count(self, better: tuple[float, float], worse: tuple[float, float]) -> None:
        """Count a pair of (rating, score)."""
        wrong = 0.5 if better[1] == worse[1] else float(better[1] < worse[1])
        self.wrong += wrong * (better[0] - worse[0])
        self.total += better[0] - worse[0]
        if better[0] >= KNOWN_WELL and worse[0] <= KNOWN_LITTLE:
            self.easy_right, self.easy = self.easy_right + 1 - wrong, self.easy + 1
        if worse[0] >= KNOWN_WELL:
            self.hard_right, self.hard = self.hard_right + 1 - wrong, self.hard + 1


def ordered(judged: Judged, people: Sequence[str], scores: Table) -> Ordered:
    """Compare every two rated papers of each person in `people` (columns of the scores)."""
    rows = {paper: row for row, paper in enumerate(judged.rated)}
    counted = Ordered()
    for column, person in enumerate(people):
        rated = [
            (rating, float(scores[rows[paper], column]))
            for paper, rating in judged.ratings.get(person, ())
        ]
        for place, first in enumerate(rated):
            for second in rated[place + 1 :]:
                if first[0] != second[0]:
                    counted.count(max(first, second), min(first, second))
    return counted


def tfidf(data: Judged, people: Sequence[str], **settings: Any) -> Table:  # noqa: ANN401 - scikit-learn's
    """Score by scikit-learn's TF-IDF, the mean of a person's best three papers."""
    written = [joined(text) for person in people for _, text in data.written[person]]
    rated = [joined(text) for text in data.rated.values()]
    rows = TfidfVectorizer(**settings).fit_transform([*written, *rated])
    near = (rows[: len(written)] @ rows[len(written) :].T).toarray()
    return _best_three(near, data, people)


def bm25(data: Judged, people: Sequence[str]) -> Table:
    """Score by BM25 on our words, the mean of a person's best three papers."""
    written = [joined(text) for person in people for _, text in data.written[person]]
    index = BM25Okapi([tokens(text) for text in written])
    near = np.array([index.get_scores(tokens(joined(text))) for text in data.rated.values()])
    return _best_three(near.T, data, people)


def _best_three(near: Table, data: Judged, people: Sequence[str]) -> Table:
    ends = np.cumsum([0, *(len(data.written[person]) for person in people)])
    best = [np.sort(near[start:end], axis=0)[-3:].mean(axis=0) for start, end in pairwise(ends)]
    return np.array(best).T


def joined(text: Text) -> str:
    """Put a title before its abstract."""
    return ". ".join(text)


def tokens(text: str) -> list[str]:
    """List the content words of a text."""
    return [word.normal for word in content_words(text)]

"""What a ranking answers with: who or what matched, how well, and by which terms."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A term as the asked text writes it, and its share of the score."""

    surface: str
    share: float


@dataclass(frozen=True, slots=True)
class PaperMatch:
    """One of a person's papers that count, and how near it is to the text."""

    paper: str
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """A person: the shares of the terms and `meaning` (an embedding's share) sum to the score."""

    person: str
    score: float
    papers: tuple[PaperMatch, ...]
    terms: tuple[Term, ...]
    meaning: float = 0.0


@dataclass(frozen=True, slots=True)
class TextMatch:
    """A text near the asked one; the shares of the terms sum to the score."""

    text: str
    score: float
    terms: tuple[Term, ...]

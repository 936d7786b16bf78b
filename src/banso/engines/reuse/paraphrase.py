"""Passages that say the same in other words throughout: advice only, and absent unless provided.

No channel of this kind is built in. Whatever provides one (an embedding from a local path) is
given sentences and gives back likeness; what it finds is advice, shown apart from the findings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from banso.engines.text.passages import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banso.engines.reuse.findings import Span


class Paraphrases(Protocol):
    """What tells how alike in meaning each pair of sentences is, from 0 to 1."""

    least: float

    def likeness(self, mine: Sequence[str], theirs: Sequence[str]) -> Sequence[Sequence[float]]:
        """Give one row for each of my sentences."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two sentences that may say the same; somebody has to read them."""

    manuscript: Span
    origin: Span
    likeness: float


@dataclass(frozen=True, slots=True)
class Advice:
    """What the channel suggests, or that there is no channel."""

    channel: Literal["absent", "present"]
    suggestions: tuple[Suggestion, ...] = ()


def advise(manuscript: str, source: str, channel: Paraphrases | None = None) -> Advice:
    """Suggest sentences that may be paraphrases; without a channel say that it is absent."""
    if channel is None:
        return Advice("absent")
    mine, theirs = sentences(manuscript), sentences(source)
    rows = channel.likeness(
        [manuscript[slice(*span)] for span in mine], [source[slice(*span)] for span in theirs]
    )
    suggestions = (
        Suggestion(span, origin, value)
        for span, row in zip(mine, rows, strict=True)
        for origin, value in zip(theirs, row, strict=True)
        if value >= channel.least
    )
    return Advice("present", tuple(suggestions))

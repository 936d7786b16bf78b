"""What a check tells: passages in both texts, each with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Span: TypeAlias = tuple[int, int]
Reason: TypeAlias = Literal["same-words", "spelling", "reordered", "reworded", "number"]
REASONS: Final[tuple[Reason, ...]] = (
    "same-words",
    "spelling",
    "reordered",
    "reworded",
    "number",
)
NEAR_IN_MANUSCRIPT: Final = 20
NEAR_IN_SOURCE: Final = 60
LOOKED_BACK: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A passage of the manuscript in a source, both as characters of the originals.

    `score` is the share of the passage that the source has, from 0 to 1. A faint finding has few
    words that tell anything ("it has been shown that in the case of"): it is there, and most
    likely chance.
    """

    source: str
    manuscript: Span
    origin: Span
    reasons: frozenset[Reason]
    score: float
    faint: bool = False


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """Join findings of one source that overlap or nearly touch in both texts, by place."""
    joined: list[Finding] = []
    for finding in sorted(findings, key=lambda one: (one.source, one.manuscript, one.origin)):
        latest = range(len(joined) - 1, max(-1, len(joined) - 1 - LOOKED_BACK), -1)
        place = next((place for place in latest if _belongs(finding, joined[place])), None)
        if place is None:
            joined.append(finding)
        else:
            joined[place] = _join(joined[place], finding)
    return sorted(joined, key=lambda one: (one.manuscript, one.source, one.origin))


def length(span: Span) -> int:
    """Count the characters of a span."""
    return max(0, span[1] - span[0])


def _belongs(finding: Finding, earlier: Finding) -> bool:
    return earlier.source == finding.source and (
        _holds(earlier.manuscript, finding.manuscript)
        or (
            _gap(earlier.manuscript, finding.manuscript) <= NEAR_IN_MANUSCRIPT
            and _gap(earlier.origin, finding.origin) <= NEAR_IN_SOURCE
        )
    )


def _holds(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _gap(one: Span, other: Span) -> int:
    return max(one[0], other[0]) - min(one[1], other[1])


def _join(one: Finding, other: Finding) -> Finding:
    inside = _holds(one.manuscript, other.manuscript)
    inside = inside and _gap(one.origin, other.origin) > NEAR_IN_SOURCE
    sizes = length(one.manuscript), length(other.manuscript)
    manuscript = _hull(one.manuscript, other.manuscript)
    weighed = one.score * sizes[0] + other.score * sizes[1]
    return Finding(
        source=one.source,
        manuscript=manuscript,
        origin=one.origin if inside else _hull(one.origin, other.origin),
        reasons=one.reasons | other.reasons,
        faint=one.faint and other.faint,
        score=max(one.score, other.score) if inside else min(1.0, weighed / sum(sizes)),
    )


def _hull(one: Span, other: Span) -> Span:
    return min(one[0], other[0]), max(one[1], other[1])

"""The check of a manuscript against what its author received, less what is public or their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from banso.engines.reuse.background import NOTHING_PUBLIC, Background
from banso.engines.reuse.candidates import candidates
from banso.engines.reuse.figures import shared_figures
from banso.engines.reuse.findings import Finding, Reason, Span, merged
from banso.engines.reuse.fingerprints import GUARANTEED
from banso.engines.reuse.reading import Reading
from banso.engines.reuse.rewording import LEAST_EVIDENCE, Stretch, reworded
from banso.engines.reuse.verbatim import grown, shared_places, shared_runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from banso.engines.reuse.sources import SourceIndex

    Marks = NDArray[np.bool_]

NOVEL: Final = 12
MOSTLY: Final = 0.9
LEAST_TOLD: Final = 3.5
CLEAR: Final = 2 * GUARANTEED


@dataclass(frozen=True, slots=True)
class Shelf:
    """Sources by name: their open indexes, and how to read the few that have to be opened."""

    indexes: Mapping[str, SourceIndex]
    read: Callable[[str], str]


@dataclass(frozen=True, slots=True, eq=False)
class _Aside:
    """What of the manuscript is set aside: characters, words and figures, own or public."""

    own_characters: Marks
    own_words: Marks
    own_figures: frozenset[str]
    public_characters: Marks


EMPTY: Final = Shelf({}, str)


def check_manuscript(
    text: str,
    received: Shelf,
    key: bytes,
    *,
    own: Shelf = EMPTY,
    background: Background = NOTHING_PUBLIC,
) -> list[Finding]:
    """Find what of the received sources is in the manuscript, by place in it."""
    manuscript = Reading(text)
    weights = background.weights(manuscript.words)
    aside = _set_aside(manuscript, weights, own, key=key, background=background)
    chosen = candidates(manuscript, weights, received.indexes, key)
    findings: list[Finding] = []
    for name in sorted(chosen.all):
        source = Reading(received.read(name))
        runs = _kept_runs(manuscript, source, aside) if name in chosen.characters else []
        findings += _verbatim(name, (manuscript, source), weights, runs)
        same = _same_characters(manuscript, runs)
        for part in chosen.words.get(name, ()):
            found = _reworded(name, (manuscript, source), part, weights=weights, aside=aside)
            findings += [_told_by_runs(one, same) for one in found]
        if name in chosen.figures:
            findings += _figures(name, manuscript, source, aside)
    return merged(findings)


def _set_aside(
    manuscript: Reading,
    weights: NDArray[np.float64],
    own: Shelf,
    *,
    key: bytes,
    background: Background,
) -> _Aside:
    chosen = candidates(manuscript, weights, own.indexes, key)
    characters = np.zeros(len(manuscript.codes), dtype=np.bool_)
    words = np.zeros(len(manuscript.words.values), dtype=np.bool_)
    figures: set[str] = set()
    for name in chosen.all:
        earlier = Reading(own.read(name))
        characters |= shared_places(manuscript.codes, earlier.codes)
        figures |= {one.spelling for one in earlier.figures}
        for stretch in reworded(manuscript.words.values, earlier.words.values, weights):
            words[slice(*stretch.manuscript)] = True
    return _Aside(
        own_characters=characters,
        own_words=words,
        own_figures=frozenset(figures),
        public_characters=background.marks(manuscript.codes),
    )


def _kept_runs(manuscript: Reading, source: Reading, aside: _Aside) -> list[tuple[int, int, int]]:
    """Cut from the shared runs what is the author's own, and leave out what is public."""
    kept = []
    for start, origin, size in shared_runs(manuscript.codes, source.codes):
        for first, end in _unmarked(aside.own_characters[start : start + size]):
            novel = end - first - aside.public_characters[start + first : start + end].sum()
            if end - first >= GUARANTEED and novel >= NOVEL:
                kept.append((start + first, origin + first, end - first))
    return kept


def _unmarked(marks: Marks) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(marks, prepend=True, append=True))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _verbatim(
    name: str,
    readings: tuple[Reading, Reading],
    weights: NDArray[np.float64],
    runs: list[tuple[int, int, int]],
) -> Iterator[Finding]:
    manuscript, source = readings
    for start, origin, size in runs:
        span = manuscript.normal.original_span(start, start + size)
        yield Finding(
            source=name,
            manuscript=span,
            origin=source.normal.original_span(origin, origin + size),
            reasons=frozenset({"same-words"}),
            score=1.0,
            faint=size < CLEAR and _told(span, manuscript, weights) < LEAST_TOLD,
        )


def _told(span: Span, manuscript: Reading, weights: NDArray[np.float64]) -> float:
    """Weigh the different words that lie within a span."""
    words = manuscript.words
    first = int(np.searchsorted(words.starts, span[0]))
    limit = max(first, int(np.searchsorted(words.ends, span[1], "right")))
    _, places = np.unique(words.values[first:limit], return_index=True)
    return float(weights[first:limit][places].sum())


def _reworded(
    name: str,
    readings: tuple[Reading, Reading],
    part: Span,
    *,
    weights: NDArray[np.float64],
    aside: _Aside,
) -> Iterator[Finding]:
    """Compare the words with those of one part of the source."""
    manuscript, source = readings
    words = Reading(source.text[slice(*part)]).words
    for stretch in reworded(manuscript.words.values, words.values, weights):
        first, limit = stretch.manuscript
        if stretch.evidence * (1 - aside.own_words[first:limit].mean()) < LEAST_EVIDENCE:
            continue
        start, end = words.span(*stretch.source)
        span, origin = grown(
            (manuscript.normal, manuscript.words.span(first, limit)),
            (source.normal, (start + part[0], end + part[0])),
        )
        yield Finding(
            source=name,
            manuscript=span,
            origin=origin,
            reasons=_word_reasons(stretch),
            score=round(stretch.share, 3),
        )


def _same_characters(manuscript: Reading, runs: list[tuple[int, int, int]]) -> Marks:
    """Mark the characters of the original that lie in runs."""
    same = np.zeros(len(manuscript.text), dtype=np.bool_)
    for start, _, size in runs:
        same[slice(*manuscript.normal.original_span(start, start + size))] = True
    return same


def _told_by_runs(finding: Finding, same: Marks) -> Finding:
    """Say nothing of words where the characters are the same nearly throughout."""
    is_same = same[slice(*finding.manuscript)].mean() >= MOSTLY
    return replace(finding, reasons=frozenset({"same-words"})) if is_same else finding


def _word_reasons(stretch: Stretch) -> frozenset[Reason]:
    reasons: set[Reason] = set()
    if stretch.share < MOSTLY:
        reasons.add("reworded")
    if stretch.ordered < MOSTLY:
        reasons.add("reordered")
    return frozenset(reasons or {"spelling"})


def _figures(name: str, manuscript: Reading, source: Reading, aside: _Aside) -> Iterator[Finding]:
    for figure in shared_figures(manuscript.figures, source.figures):
        if figure.spelling not in aside.own_figures:
            yield Finding(
                source=name,
                manuscript=figure.manuscript,
                origin=figure.source,
                reasons=frozenset({"number"}),
                score=1.0,
            )

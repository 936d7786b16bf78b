"""Passages of source texts planted in host texts, changed in seven ways; a seed gives the same cases again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal

from benchmarks.reuse.passage_changes import (
    ENGLISH,
    JAPANESE,
    Changes,
    change_layout,
    reorder_clauses,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

Kind = Literal[
    "verbatim",
    "layout",
    "orthography",
    "particles",
    "10 % of words",
    "30 % of words",
    "clauses reordered",
]
KINDS: tuple[Kind, ...] = (
    "verbatim",
    "layout",
    "orthography",
    "particles",
    "10 % of words",
    "30 % of words",
    "clauses reordered",
)
LENGTHS = {"ja": (40, 60, 100, 200), "en": (80, 120, 200, 400)}
PLANTS_IN_A_MANUSCRIPT = 4
SENTENCES_IN_A_HOST = 40
TRIES = 200
_SENTENCE_END = re.compile(r"(?<=。)|(?<=[.!?]) |\n+")
_CLAUSE = re.compile(r"[、。,;:.]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """One planted passage: where it stands in the manuscript, and where it came from."""

    kind: Kind
    length: int
    manuscript: tuple[int, int]
    source: str
    origin: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One manuscript with the sources that it is compared with; a clean one has no plants."""

    manuscript: str
    sources: dict[str, str]
    plants: tuple[Plant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Texts of one language in three parts that share no article."""

    language: Literal["ja", "en"]
    hosts: tuple[str, ...]
    sources: dict[str, str]
    public: tuple[str, ...]


def divide(language: Literal["ja", "en"], articles: dict[str, str], rng: random.Random) -> Corpus:
    """Deal articles to hosts, sources and public texts at random, two fifths, two and one.

    Articles of one shelf (the name up to its slash) stay in one part.
    """
    shelves = sorted({name.partition("/")[0] for name in articles})
    rng.shuffle(shelves)
    fifth = len(shelves) // 5
    public, hosts = set(shelves[:fifth]), set(shelves[fifth : 3 * fifth])
    parts: dict[str, dict[str, str]] = {"public": {}, "hosts": {}, "sources": {}}
    for name, text in articles.items():
        shelf = name.partition("/")[0]
        part = "public" if shelf in public else "hosts" if shelf in hosts else "sources"
        parts[part][name] = text
    return Corpus(
        language=language,
        hosts=tuple(parts["hosts"].values()),
        sources=parts["sources"],
        public=tuple(parts["public"].values()),
    )


def planted_cases(
    corpus: Corpus, cells: Sequence[tuple[Kind, int]], rng: random.Random
) -> list[Case]:
    """Plant one passage for each cell, a few to a manuscript, each from a source of its own."""
    cells = rng.sample(cells, len(cells))
    language = JAPANESE if corpus.language == "ja" else ENGLISH
    changes = language.with_words_of("\n".join(corpus.hosts))
    return [
        _planted(corpus, cells[start : start + PLANTS_IN_A_MANUSCRIPT], changes, rng)
        for start in range(0, len(cells), PLANTS_IN_A_MANUSCRIPT)
    ]


def clean_cases(corpus: Corpus, count: int, rng: random.Random) -> list[Case]:
    """Pair manuscripts in which nothing was planted with all sources."""
    return [
        Case(manuscript="\n".join(_host(corpus, rng)), sources=corpus.sources, plants=())
        for _ in range(count)
    ]


def _planted(
    corpus: Corpus, cells: Sequence[tuple[Kind, int]], changes: Changes, rng: random.Random
) -> Case:
    sentences = _host(corpus, rng)
    long_enough = [
        title
        for title, text in corpus.sources.items()
        if len(text) > 2 * LENGTHS[corpus.language][-1]
    ]
    titles = rng.sample(sorted(long_enough), len(cells))
    places = sorted(rng.sample(range(1, len(sentences)), len(cells)))
    parts, plants, last = [""], [], 0
    for (kind, length), title, place in zip(cells, titles, places, strict=True):
        parts += sentences[last:place]
        last = place
        origin, passage = _passage(corpus, title, kind=kind, length=length, rng=rng)
        changed = _changed(passage, kind, changes, rng)
        start = sum(map(len, parts))
        span = (start, start + len(changed))
        plants.append(
            Plant(kind=kind, length=length, manuscript=span, source=title, origin=origin)
        )
        parts += [changed, " " if corpus.language == "en" else ""]
    return Case(
        manuscript="".join(parts + sentences[last:]),
        sources=corpus.sources,
        plants=tuple(plants),
    )


def _host(corpus: Corpus, rng: random.Random) -> list[str]:
    """Take a run of sentences of host articles, some two pages, each with its end."""
    gap = " " if corpus.language == "en" else ""
    articles = rng.sample(corpus.hosts, len(corpus.hosts))
    start = rng.randrange(SENTENCES_IN_A_HOST)
    parts = chain.from_iterable(_SENTENCE_END.split(article) for article in articles)
    sentences = (part + gap for part in parts if part)
    return list(islice(sentences, start, start + SENTENCES_IN_A_HOST))


def _passage(
    corpus: Corpus, title: str, *, kind: Kind, length: int, rng: random.Random
) -> tuple[tuple[int, int], str]:
    """Cut a passage at word boundaries; one that is to be reordered has clauses to reorder."""
    text = corpus.sources[title]
    starts = _word_starts(text, corpus.language)
    for _ in range(TRIES):
        first = rng.choice(starts)
        last = next((one for one in starts if one >= first + length), first)
        passage = text[first:last].rstrip()
        clauses = len(_CLAUSE.findall(passage[:-1]))
        if len(passage) >= length - 5 and (kind != "clauses reordered" or clauses):
            break
    return (first, first + len(passage)), passage


def _changed(passage: str, kind: Kind, changes: Changes, rng: random.Random) -> str:
    change: dict[str, Callable[[], str]] = {
        "verbatim": lambda: passage,
        "layout": lambda: change_layout(passage, changes.language, rng),
        "orthography": lambda: changes.respell(passage, rng),
        "particles": lambda: changes.drop_particles(passage, rng),
        "10 % of words": lambda: changes.change_words(passage, 0.1, rng),
        "30 % of words": lambda: changes.change_words(passage, 0.3, rng),
        "clauses reordered": lambda: reorder_clauses(passage, changes.language, rng),
    }
    return change[kind]()


@cache
def _word_starts(text: str, language: str) -> list[int]:
    return (JAPANESE if language == "ja" else ENGLISH).word_starts(text)

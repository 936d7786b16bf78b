"""Twenty pages as a PDF against 500 sources of ten pages, indexed before under the person's key."""

from __future__ import annotations

import random
import tempfile
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import noto_cjk_sans_jp_regular  # type: ignore[import-untyped] # a font, with no types
import typst

from banso.engines.reuse import Shelf, check_manuscript, index_source, open_index
from banso.engines.text.extraction import extract
from benchmarks.figures import Figure
from benchmarks.reuse.passage_changes import JAPANESE
from benchmarks.reuse.passage_texts import japanese_articles

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCES = 500
PAGE = 1_200
SOURCE_PAGES = 10
MANUSCRIPT_PAGES = 20
PLANTED = 20
PASSAGE = 100
ELSEWHERE = 0.75
SECONDS = 5.0
MEGABYTES = 5.0
ROUNDS = 3
KEY = bytes(range(32))
FONTS = Path(str(noto_cjk_sans_jp_regular.FONT_PATH)).parent
PAPER = """#set page(paper: "a4")
#set text(font: "Noto Sans CJK JP", size: 10pt)
"""


def measure_speed(seed: int) -> list[Figure]:
    """Time the check from the file to the findings; indexing is timed apart."""
    rng = random.Random(seed)  # noqa: S311 - sample texts
    write = _writer(rng)
    texts = {f"source-{number}": write(SOURCE_PAGES * PAGE) for number in range(SOURCES)}
    size = sum(len(text.encode()) for text in texts.values()) / 1e6
    started = time.perf_counter()
    sealed = {name: index_source(text, KEY).sealed(KEY, name) for name, text in texts.items()}
    indexing = time.perf_counter() - started
    manuscript = write(MANUSCRIPT_PAGES * PAGE - PLANTED * PASSAGE)
    for name in rng.sample(sorted(texts), PLANTED):
        start, place = rng.randrange(SOURCE_PAGES * PAGE - PASSAGE), rng.randrange(len(manuscript))
        manuscript = manuscript[:place] + texts[name][start : start + PASSAGE] + manuscript[place:]
    with tempfile.TemporaryDirectory() as folder:
        path = _printed(manuscript, Path(folder))
        times = [_check(path, sealed, texts) for _ in range(ROUNDS)]
    extraction, opening, checking, found = (median(part) for part in zip(*times, strict=True))
    whole = extraction + opening + checking
    return [
        Figure(
            figure="20-page PDF against 500 indexed sources of 10 pages",
            value=round(whole, 2),
            unit="s",
            target=f"< {SECONDS:.0f} s",
            met=whole < SECONDS,
        ),
        Figure(figure="of it extraction", value=round(extraction, 2), unit="s"),
        Figure(figure="of it opening 500 sealed indexes", value=round(opening, 2), unit="s"),
        Figure(
            figure="sources found of 20 planted with 100 characters", value=found, unit="sources"
        ),
        Figure(
            figure="text of indexed sources compared (UTF-8), check without extraction",
            value=round(size / (opening + checking), 1),
            unit="MB/s",
            target=f">= {MEGABYTES:.0f} MB/s",
            met=size / (opening + checking) >= MEGABYTES,
        ),
        Figure(
            figure="indexing a source, once when it is received",
            value=round(size / indexing, 2),
            unit="MB/s",
        ),
        Figure(
            figure="a sealed index by its source's bytes",
            value=round(sum(map(len, sealed.values())) / size / 1e6, 2),
            unit="ratio",
        ),
    ]


def _check(
    path: Path, sealed: dict[str, bytes], texts: dict[str, str]
) -> tuple[float, float, float, int]:
    started = time.perf_counter()
    extracted = extract(path)
    read = time.perf_counter()
    indexes = {name: open_index(index, KEY, name) for name, index in sealed.items()}
    opened = time.perf_counter()
    findings = check_manuscript(extracted.text, Shelf(indexes, texts.__getitem__), KEY)
    done = time.perf_counter()
    found = len({one.source for one in findings if not one.faint})
    return read - started, opened - read, done - opened, found


def _writer(rng: random.Random) -> Callable[[int], str]:
    """Write texts word after word: one time in four one that followed before, else any."""
    words = [
        piece.text for text in japanese_articles().values() for piece in JAPANESE.pieces(text)
    ]
    following: dict[str, list[str]] = defaultdict(list)
    for one, other in pairwise(words):
        following[one].append(other)

    def write(length: int) -> str:
        written, size, word = [], 0, rng.choice(words)
        while size < length:
            written.append(word)
            size += len(word)
            word = rng.choice(words if rng.random() < ELSEWHERE else following[word])
        return "".join(written)[:length]

    return write


def _printed(text: str, folder: Path) -> Path:
    """Print the text as a PDF."""
    (folder / "text.txt").write_text(text)
    source = folder / "paper.typ"
    source.write_text(PAPER + '#read("text.txt")\n')
    typst.compile(str(source), output=str(folder / "paper.pdf"), font_paths=[str(FONTS)])
    return folder / "paper.pdf"

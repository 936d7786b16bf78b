"""Two tools that people have, on the same planted passages: copydetect and MinHash (datasketch)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from copydetect import CodeFingerprint, compare_files
from datasketch import MinHash, MinHashLSH

from benchmarks.reuse.span_scores import Pair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.reuse.planted_passages import Case

GRAM = 16
WINDOW = 9
SHINGLE = 5
PERMUTATIONS = 64
SIMILAR = 0.5
LENGTHS = {"ja": 100, "en": 200}


def found_by_copydetect(cases: Sequence[Case]) -> list[Pair]:
    """Winnow the raw characters with the same lengths as channel A, each manuscript and source."""
    sources = {name: _copydetect(text) for name, text in cases[0].sources.items()}
    pairs = []
    for number, case in enumerate(cases):
        manuscript = _copydetect(case.manuscript)
        for name, source in sources.items():
            _, _, (slices, _) = compare_files(manuscript, source)
            for start, end in np.array(slices).reshape(2, -1).T.astype(int).tolist():
                place = case.sources[name].find(case.manuscript[start : start + GRAM])
                if place >= 0 and end - start >= GRAM + WINDOW - 1:
                    origin = (place, place + end - start)
                    pairs.append(Pair(number, name, (start, end), origin))
    return pairs


def found_by_minhash(cases: Sequence[Case], language: str) -> list[Pair]:
    """Match windows of both texts by MinHash over 5-character shingles, and join neighbours."""
    length = LENGTHS[language]
    index = MinHashLSH(threshold=SIMILAR, num_perm=PERMUTATIONS)
    for name, text in cases[0].sources.items():
        for start, sketch in _sketches(text, length):
            index.insert((name, start), sketch, check_duplication=False)
    pairs: list[Pair] = []
    for number, case in enumerate(cases):
        for start, sketch in _sketches(case.manuscript, length):
            for name, place in index.query(sketch):
                found = Pair(number, name, (start, start + length), (place, place + length))
                pairs = _joined(pairs, found)
    return pairs


def _copydetect(text: str) -> CodeFingerprint:
    return CodeFingerprint("text.txt", GRAM, WINDOW, filter=False, fp=io.StringIO(text))


def _sketches(text: str, length: int) -> Iterator[tuple[int, MinHash]]:
    for start in range(0, max(1, len(text) - length // 2), length // 2):
        window = "".join(text[start : start + length].split())
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch(
            [window[at : at + SHINGLE].encode() for at in range(len(window) - SHINGLE + 1)]
        )
        yield start, sketch


def _joined(pairs: list[Pair], found: Pair) -> list[Pair]:
    last = pairs[-1] if pairs else None
    if (
        last is not None
        and (last.case, last.source) == (found.case, found.source)
        and last.manuscript[1] >= found.manuscript[0]
        and last.origin[0] <= found.origin[1]
        and found.origin[0] <= last.origin[1]
    ):
        origin = (min(last.origin[0], found.origin[0]), max(last.origin[1], found.origin[1]))
        joined = Pair(last.case, last.source, (last.manuscript[0], found.manuscript[1]), origin)
        return [*pairs[:-1], joined]
    return [*pairs, found]

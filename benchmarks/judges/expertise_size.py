"""A generated corpus of papers and texts, scored whole in this process, with time and memory."""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import TypeAlias

import numpy as np

from banso.engines.expertise import Library
from banso.engines.text.words import content_words

Text: TypeAlias = "tuple[str, str]"
TEXTS, PEOPLE, PAPERS_EACH, WORDS_EACH = 10_000, 5_000, 3, 150
SEED = 20_270_401
OWN_SHARE = 0.4


def main() -> int:
    """Print the measures as JSON for the process that asked."""
    print(json.dumps(sized()))
    return 0


def sized() -> dict[str, float]:
    """Score a generated corpus and tell the seconds and the most memory of this process."""
    texts = generated(TEXTS + PEOPLE * PAPERS_EACH)
    asked, papers = texts[:TEXTS], texts[TEXTS:]
    library, begun = Library(), time.perf_counter()
    for place, (title, abstract) in enumerate(papers):
        library.add_paper(f"{place // PAPERS_EACH:06d}", f"{place:06d}", title, abstract)
    added = time.perf_counter()
    for title, text in asked:
        content_words(title)
        content_words(text)
    read = time.perf_counter()
    scores = library.scores(asked)
    scored = time.perf_counter()
    library.add_paper("000000", "one more", *asked[0])
    library.rank(asked[1][1], asked[1][0])
    ended = time.perf_counter()
    if scores.shape != (TEXTS, PEOPLE):
        raise SystemExit("the scores have another shape")
    return {
        "adding": round(added - begun, 2),
        "reading": round(read - added, 2),
        "seconds": round(scored - read, 2),
        "one more": round(ended - scored, 2),
        "gibibytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
    }


def generated(count: int) -> list[Text]:
    """Write texts of one of 200 subjects each, word frequencies falling as Zipf's."""
    random = np.random.default_rng(SEED)
    vocabulary = np.array([_word(number) for number in range(60_000)])
    everywhere = random.zipf(1.25, size=(count, WORDS_EACH)) % len(vocabulary)
    subjects = random.integers(0, 200, size=count)
    own = 1_000 + subjects[:, None] * 250 + random.zipf(1.3, size=everywhere.shape) % 250
    words = vocabulary[np.where(random.random(everywhere.shape) < OWN_SHARE, own, everywhere)]
    return [(" ".join(row[:8]), " ".join(row[8:])) for row in words]


def _word(number: int) -> str:
    letters = "aeiou", "bdfgklmnprstvz"
    word = ""
    for place in range(6):
        number, rest = divmod(number, len(letters[place % 2 == 0]))
        word += letters[place % 2 == 0][rest]
    return word


if __name__ == "__main__":
    sys.exit(main())

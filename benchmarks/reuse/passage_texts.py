"""Articles of the benchmark data, by language, each once and as running text."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(os.environ.get("BENCH_DATA", Path(__file__).parents[3] / "shared/data/benchmarks"))
PAPERS_IN_AN_ARTICLE = 5
SAME_WORDS = 10


def japanese_articles() -> dict[str, str]:
    """Read the encyclopaedia articles, the paragraphs of each under its title."""
    [path] = sorted((DATA / "text-ja").glob("*.json"))[:1]
    articles = json.loads(path.read_text())["data"]
    return {article["title"]: "\n".join(_paragraphs(article)) for article in articles}


def english_articles() -> dict[str, str]:
    """Read titles and abstracts of papers, some to an article, on a shelf of each reviewer.

    Authors reuse their own sentences: a paper that shares ten words in a row with one read before
    is left out, so that what is found and was not planted is an error.
    """
    seen: set[tuple[str, ...]] = set()
    articles = {}
    for name, papers in _shelves():
        texts = []
        for paper in papers:
            text = f"{paper['title']}. {paper['abstract']}"
            runs = _runs_of_words(text)
            if paper["abstract"] and not runs & seen:
                texts.append(text)
            seen |= runs
        for start in range(0, len(texts), PAPERS_IN_AN_ARTICLE):
            part = texts[start : start + PAPERS_IN_AN_ARTICLE]
            articles[f"{name}/{start:03}"] = "\n".join(part)
    return articles


def _runs_of_words(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + SAME_WORDS]) for at in range(len(words) - SAME_WORDS + 1)}


def _paragraphs(article: dict[str, list[dict[str, str]]]) -> Iterator[str]:
    seen = set()
    for paragraph in article["paragraphs"]:
        text = paragraph["context"].partition("[SEP]")[2].strip()
        if text not in seen:
            seen.add(text)
            yield text


def _shelves() -> Iterator[tuple[str, list[dict[str, str]]]]:
    folder = DATA / "expertise-en"
    for line in (folder / "reviewers.jsonl").read_text().splitlines():
        reviewer = json.loads(line)
        yield reviewer["reviewer"], reviewer["papers"]
    rated = (folder / "papers.jsonl").read_text().splitlines()
    yield "rated", [json.loads(line) for line in rated]

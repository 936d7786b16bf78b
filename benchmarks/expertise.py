"""Who knows about a text: against expert judgement, question to paragraph, and size and speed."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rank_bm25 import BM25Okapi

from banso.engines.expertise import Library, Texts, load_embedding
from benchmarks.figures import Figure, report
from benchmarks.judges.expertise_judged import bm25, joined, ordered, read_judged, tfidf, tokens
from benchmarks.judges.expertise_size import PAPERS_EACH, PEOPLE, TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from banso.engines.expertise import Encoder
    from benchmarks.judges.expertise_judged import Judged, Table, Text

CHECKOUT = Path(__file__).resolve().parents[1]
BENCHMARK_DATA = Path(
    os.environ.get("BENCH_DATA", CHECKOUT.parent / "shared" / "data" / "benchmarks")
)
LOSS, LOSS_WITH_EMBEDDING, RECIPROCAL_RANK = 0.22, 0.19, 0.92
SECONDS, GIBIBYTES = 60.0, 4.0


def main() -> int:
    """Run every measure for which the data is here, and say of the others that they did not run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = [
        *_where_present(BENCHMARK_DATA / "expertise-en", judged, "English gold standard"),
        *_where_present(BENCHMARK_DATA / "text-ja", questions, "Japanese question to paragraph"),
        *size_and_speed(),
    ]
    report("expertise", figures, as_json=arguments.json)
    return 0


def _where_present(
    folder: Path, measure: Callable[[Path], list[Figure]], name: str
) -> list[Figure]:
    if folder.is_dir():
        return measure(folder)
    print(f"{name}: not run: data absent", file=sys.stderr)
    return []


def judged(folder: Path) -> list[Figure]:
    """Measure loss with TF-IDF and BM25 in the same run, and how far it turns on a few persons."""
    data = read_judged(folder)
    people = sorted(data.written)
    plain = _loss(data, people, tfidf(data, people))
    pairs = _loss(data, people, tfidf(data, people, sublinear_tf=True, ngram_range=(1, 2)))
    baseline = min(plain, pairs)
    scores = _library(data, None).scores(list(data.rated.values()))
    counted = ordered(data, people, scores)
    loss = counted.wrong / counted.total
    figures = [
        Figure(figure="TF-IDF, words, mean of best 3, loss", value=plain, unit="loss"),
        Figure(figure="TF-IDF, sublinear, 1-2-grams, best 3, loss", value=pairs, unit="loss"),
        Figure(
            figure="BM25, best 3, loss",
            value=_loss(data, people, bm25(data, people)),
            unit="loss",
        ),
        _loss_figure("built-in engine, loss", loss, baseline, LOSS),
        Figure(
            figure="built-in engine, easy pairs right",
            value=round(counted.easy_right / counted.easy, 3),
            unit="share",
        ),
        Figure(
            figure="built-in engine, hard pairs right",
            value=round(counted.hard_right / counted.hard, 3),
            unit="share",
        ),
        *_without_five(data, people, scores),
    ]
    return [*figures, *_with_embedding(data, people, baseline)]


def _loss(data: Judged, people: Sequence[str], scores: Table) -> float:
    counted = ordered(data, people, scores)
    return round(counted.wrong / counted.total, 4)


def _loss_figure(name: str, loss: float, baseline: float, target: float) -> Figure:
    return Figure(
        figure=name,
        value=round(loss, 4),
        unit="loss",
        baseline=baseline,
        ratio=round(loss / baseline, 3),
        target=f"<= {target}",
        met=loss <= target,
    )


def _without_five(data: Judged, people: Sequence[str], scores: Table) -> list[Figure]:
    """Leave five persons out at a time: the best and worst loss of the other twenty."""
    losses = []
    for fold in range(5):
        kept = [column for column in range(len(people)) if column % 5 != fold]
        losses.append(_loss(data, [people[column] for column in kept], scores[:, kept]))
    return [
        Figure(
            figure="built-in engine, a fifth of persons left out, least loss",
            value=min(losses),
            unit="loss",
        ),
        Figure(
            figure="built-in engine, a fifth of persons left out, most loss",
            value=max(losses),
            unit="loss",
        ),
    ]


def _with_embedding(data: Judged, people: Sequence[str], baseline: float) -> list[Figure]:
    folder = os.environ.get("BANSO_EMBEDDING", "")
    embedding = load_embedding(Path(folder) if folder else None)
    if embedding.encoder is None:
        print(
            f"with the embedding: not run: {embedding.status}: {embedding.note}", file=sys.stderr
        )
        return []
    scores = _library(data, embedding.encoder).scores(list(data.rated.values()))
    loss = _loss(data, people, scores)
    return [_loss_figure("with the embedding, loss", loss, baseline, LOSS_WITH_EMBEDDING)]


def _library(data: Judged, encoder: Encoder | None) -> Library:
    library = Library(encoder)
    for person, papers in data.written.items():
        for name, (title, abstract) in papers:
            library.add_paper(person, name, title, abstract)
    for name, (title, abstract) in data.rated.items():
        library.know_text(name, title, abstract)
    return library


def questions(folder: Path) -> list[Figure]:
    """Find each question's paragraph among all, with BM25 on the same words beside it."""
    paragraphs, asked, answers = read_questions(folder)
    texts = Texts()
    for place, (title, text) in enumerate(paragraphs):
        texts.add(f"{place:06d}", title, text)
    found = _reciprocal_rank(texts.scores([("", question) for question in asked]), answers)
    index = BM25Okapi([tokens(joined(paragraph)) for paragraph in paragraphs])
    peer = _reciprocal_rank(
        np.array([index.get_scores(tokens(question)) for question in asked]), answers
    )
    return [
        Figure(
            figure=f"Japanese, {len(asked):,} questions, {len(paragraphs):,} paragraphs, MRR",
            value=round(found, 4),
            unit="MRR",
            baseline=round(peer, 4),
            ratio=round(found / peer, 3),
            target=f">= {RECIPROCAL_RANK}",
            met=found >= RECIPROCAL_RANK,
        )
    ]


def read_questions(folder: Path) -> tuple[list[Text], list[str], list[int]]:
    """Read paragraphs, questions, and each question's paragraph."""
    [path] = folder.glob("jsquad-valid-*.json")
    paragraphs: list[Text] = []
    asked: list[str] = []
    answers: list[int] = []
    for article in json.loads(path.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            title, _, text = paragraph["context"].partition(" [SEP] ")
            for question in paragraph["qas"]:
                asked.append(question["question"])
                answers.append(len(paragraphs))
            paragraphs.append((title, text))
    return paragraphs, asked, answers


def _reciprocal_rank(scores: Table, answers: Iterable[int]) -> float:
    """Average 1 / rank, a tie counting half a place."""
    right = scores[np.arange(len(scores)), list(answers)][:, None]
    ranks = (scores > right).sum(axis=1) + ((scores == right).sum(axis=1) - 1) / 2 + 1
    return float((1 / ranks).mean())


def size_and_speed() -> list[Figure]:
    """Measure a generated corpus in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "benchmarks.judges.expertise_size"]
    # One thread, as a worker beside a web server has: several wait for each other on a busy machine.
    environ = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(  # noqa: S603 - our own module
        command, check=True, stdout=subprocess.PIPE, cwd=CHECKOUT, env=environ
    )
    measured: dict[str, float] = json.loads(done.stdout)
    name = f"{TEXTS:,} texts x {PEOPLE:,} people with {PAPERS_EACH} papers"
    return [
        Figure(
            figure=f"{name}: scores",
            value=measured["seconds"],
            unit="s",
            target=f"< {SECONDS:.0f} s",
            met=measured["seconds"] < SECONDS,
        ),
        Figure(figure=f"{name}: of it reading the texts", value=measured["reading"], unit="s"),
        Figure(figure=f"{name}: adding the papers, once", value=measured["adding"], unit="s"),
        Figure(
            figure=f"{name}: one more paper, then one rank", value=measured["one more"], unit="s"
        ),
        Figure(
            figure=f"{name}: peak memory",
            value=measured["gibibytes"],
            unit="GiB",
            target=f"< {GIBIBYTES:.0f} GiB",
            met=measured["gibibytes"] < GIBIBYTES,
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())

"""Short answers by students, judged copied or not by how much of them stands in the source.

Leave one participant out: the answers of one student are judged by what the others' teach.
"""

from __future__ import annotations

import csv
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from banso.engines.reuse.likeness import likeness
from benchmarks.figures import Figure
from benchmarks.reuse.passage_texts import DATA

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDER = DATA / "reuse-en-answers"
SHORT_RUNS_AND_WORDS = (1, 2)
STRENGTH = 10.0
BINARY = 0.97
NOTHING = 0.03


@dataclass(frozen=True, slots=True)
class Answers:
    """Features, classes and participants of all answers."""

    shares: NDArray[np.float64]
    classes: NDArray[np.str_]
    participants: NDArray[np.str_]


def measure_answers() -> list[Figure]:
    """Judge each participant's answers by the others', in two classes and in four."""
    answers = _read()
    copied = np.where(answers.classes == "non", "own", "copied")
    binary, four = _accuracy(answers, copied), _accuracy(answers, answers.classes)
    most_common = float(np.mean(copied == "copied"))
    strangers = (copied == "copied") & (answers.shares[:, 0] < NOTHING)
    return [
        Figure(
            figure="answers, copied or own, leave one participant out",
            value=round(binary, 3),
            unit="share",
            baseline=round(most_common, 3),
            ratio=round(binary / most_common, 2),
            target=f">= {BINARY}",
            met=binary >= BINARY,
        ),
        Figure(
            figure="answers marked copied of which the source has next to nothing",
            value=int(strangers.sum()),
            unit="answers",
        ),
        Figure(figure="answers, four classes", value=round(four, 3), unit="share"),
    ]


def _accuracy(answers: Answers, classes: NDArray[np.str_]) -> float:
    right = 0
    for participant in np.unique(answers.participants):
        others = answers.participants != participant
        judge = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=2000))
        judge.fit(answers.shares[others], classes[others])
        right += int((judge.predict(answers.shares[~others]) == classes[~others]).sum())
    return right / len(classes)


def _read() -> Answers:
    rows = list(csv.DictReader((FOLDER / "file_information.csv").read_text().splitlines()))
    rows = [row for row in rows if row["Category"] != "orig"]
    shares = [
        astuple(likeness(_text(row["File"]), _text(f"orig_task{row['Task']}.txt"))) for row in rows
    ]
    return Answers(
        shares=np.array(shares)[:, SHORT_RUNS_AND_WORDS],
        classes=np.array([row["Category"] for row in rows]),
        participants=np.array([row["File"].partition("_")[0] for row in rows]),
    )


def _text(name: str) -> str:
    return (FOLDER / name).read_bytes().decode("utf-8", "replace")

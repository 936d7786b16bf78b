"""A call of three proposals that a person can solve with a pencil.

            Abe  Baba  Chiba  Date  Endo  Fujii
sonar       .9   .8    barred .2    .3    .1       Abe and Baba know sonar; Chiba's own laboratory
battery     .1   .3    .9     .8    .2    .1       proposes it. Chiba and Date know batteries;
orbit       .3   .2    .1     .2    .7    .6       Endo and Fujii know orbits.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from banso.engines.assignment import Problem, assign, check

CALL = Problem(
    proposals=("sonar", "battery", "orbit"),
    reviewers=("Abe", "Baba", "Chiba", "Date", "Endo", "Fujii"),
    scores=np.array(
        [
            [0.9, 0.8, 0.9, 0.2, 0.3, 0.1],
            [0.1, 0.3, 0.9, 0.8, 0.2, 0.1],
            [0.3, 0.2, 0.1, 0.2, 0.7, 0.6],
        ]
    ),
    demand=(2, 2, 2),
    most_load=(1, 1, 1, 1, 1, 1),
    conflicts=frozenset({("sonar", "Chiba")}),
)
THE_BEST = assign(CALL)


def test_each_proposal_gets_those_who_know_its_subject():
    assert THE_BEST.pairs == (
        ("sonar", "Abe"),
        ("sonar", "Baba"),
        ("battery", "Chiba"),
        ("battery", "Date"),
        ("orbit", "Endo"),
        ("orbit", "Fujii"),
    )
    assert THE_BEST.total == Fraction(47, 10)
    assert THE_BEST.scores == (
        ("sonar", Fraction(17, 10)),
        ("battery", Fraction(17, 10)),
        ("orbit", Fraction(13, 10)),
    )
    assert THE_BEST.floor == Fraction(65, 100)
    assert check(CALL, THE_BEST).is_optimal


def test_the_floor_gives_up_some_total_for_the_worst_proposal():
    call = Problem(
        proposals=("sonar", "orbit"),
        reviewers=("Abe", "Baba"),
        scores=np.array([[0.9, 0.3], [0.5, 0.1]]),
        demand=(1, 1),
        most_load=(1, 1),
    )

    highest, fairest = assign(call), assign(call, fair=True)

    assert highest.pairs == (("sonar", "Abe"), ("orbit", "Baba"))
    assert (highest.total, highest.floor) == (1, Fraction(1, 10))
    assert fairest.pairs == (("sonar", "Baba"), ("orbit", "Abe"))
    assert (fairest.total, fairest.floor) == (Fraction(8, 10), Fraction(3, 10))
    assert check(call, fairest).is_fairest

"""What the engine answers: plain values, with what proves them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from banso.engines.assignment.certificate import Certificate
    from banso.engines.assignment.problem import Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who reviews what; totals in the unit of the scores, floors as the worst proposal's mean.

    `floor_asked` is the floor that the total was maximised above, None where none was asked.
    `total_bound` and `floor_bound` are what no assignment exceeds; equal to what is reached where
    the search came to its end.
    """

    pairs: tuple[Pair, ...]
    total: Fraction
    total_bound: Fraction
    floor: Fraction
    scores: tuple[tuple[str, Fraction], ...]
    total_certificate: Certificate
    floor_asked: Fraction | None = None
    floor_bound: Fraction | None = None
    floor_certificate: Certificate | None = None

    @property
    def gap(self) -> Fraction:
        """How much total could at most be missing; zero is the proven optimum."""
        return self.total_bound - self.total

    @property
    def floor_gap(self) -> Fraction:
        """How much the worst proposal's mean could at most be higher; zero is proven best."""
        if self.floor_bound is None:
            return Fraction(0)
        return self.floor_bound - self.floor


@dataclass(frozen=True, slots=True, order=True)
class Constraint:
    """One line of the problem: its code, with the ids that it is about, empty where none.

    Codes: `demand`, `most-load`, `least-load`, `cover-least`, `cover-most`, `fixed`, `forbidden`,
    `conflict`, `floor`.
    """

    code: str
    proposal: str = ""
    reviewer: str = ""
    cover: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Relaxation:
    """A constraint and by how much to change it; negative takes away, one drops a pair's rule."""

    constraint: Constraint
    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Infeasible:
    """Why nothing satisfies the problem, and the smallest change that would.

    `constraints` together cannot hold, as the certificate proves; every relaxation that is smaller
    than `least` in sum leaves the problem without an answer. No relaxations at all: fixed pairs
    have a conflict, or the search was cut short.
    """

    constraints: tuple[Constraint, ...]
    relaxations: tuple[Relaxation, ...]
    certificate: Certificate | None

    @property
    def least(self) -> int:
        """The sum of the changes."""
        return sum(abs(one.by) for one in self.relaxations)

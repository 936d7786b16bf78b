"""What an officer asks: who may review what, how much, and under which conditions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

Pair: TypeAlias = tuple[str, str]  # a proposal's id, then a reviewer's


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """How many reviewers of each proposal come from one group; no `proposals` means all of them.

    >>> Cover(code="one-a-company", reviewers=frozenset({"R1", "R2"}), most=1).least
    0
    """

    code: str
    reviewers: frozenset[str]
    least: int = 0
    most: int | None = None
    proposals: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """One question to the engine; scores are proposals by reviewers, and count to six decimals.

    A pair that a sparse matrix leaves out scores nothing, yet may be assigned. A conflict is never
    relaxed, whatever the advice; a forbidden pair is a person's wish, and may be.
    """

    proposals: tuple[str, ...]
    reviewers: tuple[str, ...]
    scores: NDArray[np.float64] | csr_array
    demand: tuple[int, ...]
    most_load: tuple[int, ...]
    least_load: tuple[int, ...] = ()
    conflicts: frozenset[Pair] = field(default_factory=frozenset)
    fixed: frozenset[Pair] = field(default_factory=frozenset)
    forbidden: frozenset[Pair] = field(default_factory=frozenset)
    covers: tuple[Cover, ...] = ()

    def __post_init__(self) -> None:
        size = (len(self.proposals), len(self.reviewers))
        if self.scores.shape != size:
            raise ValueError(f"scores are {self.scores.shape}, ids say {size}")
        if len(set(self.proposals)) < size[0] or len(set(self.reviewers)) < size[1]:
            raise ValueError("an id is there twice")
        lengths = (len(self.demand), len(self.most_load), len(self.least_load) or size[1])
        if lengths != (size[0], size[1], size[1]):
            raise ValueError(f"demand, most and least load are {lengths}, ids say {size}")
        if min((*self.demand, *self.most_load, *self.least_load), default=0) < 0:
            raise ValueError("demand and loads are counts")
        _refuse_crossed_counts(self)
        _refuse_unknown_ids(self)


def _refuse_crossed_counts(problem: Problem) -> None:
    """Refuse a count that no number satisfies: no other constraint has a part in it."""
    loads = zip(problem.least_load, problem.most_load, strict=False)
    covers = ((one.least, one.most) for one in problem.covers if one.most is not None)
    if any(least > most for least, most in (*loads, *covers)):
        raise ValueError("a least is above its most")


def _refuse_unknown_ids(problem: Problem) -> None:
    pairs = problem.conflicts | problem.fixed | problem.forbidden
    proposals = {proposal for proposal, _ in pairs}
    reviewers = {reviewer for _, reviewer in pairs}
    for cover in problem.covers:
        proposals |= cover.proposals or set()
        reviewers |= cover.reviewers
    unknown = (proposals - set(problem.proposals)) | (reviewers - set(problem.reviewers))
    if unknown:
        raise ValueError(f"unknown ids: {sorted(unknown)}")

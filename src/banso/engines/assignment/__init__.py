"""Assigns reviewers to proposals, and proves how good the assignment is.

`assign` finds the best total of expertise under loads, conflicts, fixed and forbidden pairs and
covers; with `fair` it lifts the worst proposal first. `check` verifies an answer from the problem
and its certificate, in whole numbers and without a solver. `revise` solves again around what a
person decided and `price_decisions` tells what each decision costs; an `Infeasible` answer names
the constraints that clash and the least relaxation, which `relax` applies.
"""

from banso.engines.assignment.changes import (
    DecisionPrice,
    Move,
    Revision,
    price_decisions,
    revise,
)
from banso.engines.assignment.checking import Checked, check, is_proven_infeasible
from banso.engines.assignment.diagnosis import relax
from banso.engines.assignment.outcome import Assignment, Constraint, Infeasible, Relaxation
from banso.engines.assignment.problem import Cover, Pair, Problem
from banso.engines.assignment.search.floors import Effort
from banso.engines.assignment.solving import CutShort, assign

__all__ = [
    "Assignment",
    "Checked",
    "Constraint",
    "Cover",
    "CutShort",
    "DecisionPrice",
    "Effort",
    "Infeasible",
    "Move",
    "Pair",
    "Problem",
    "Relaxation",
    "Revision",
    "assign",
    "check",
    "is_proven_infeasible",
    "price_decisions",
    "relax",
    "revise",
]

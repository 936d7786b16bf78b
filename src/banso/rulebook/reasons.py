"""Every reason for which each rule refuses, read from the rules themselves."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

# What nothing, or not all, of the system does yet; each rule's page says so.
NOT_BUILT_YET = frozenset(
    {"C8", "S6", "R3", "R4", "G3", "G5", "G6", "G7", "K7", "K10", "V7", "E4"}
)


def is_built(clause_id: str) -> bool:
    """Tell whether the system keeps the whole rule today.

    >>> is_built("K1"), is_built("R4")
    (True, False)
    """
    return clause_id not in NOT_BUILT_YET


def reasons_of(clause_id: str) -> tuple[str, ...]:
    """List what a rule refuses, for its page; a rule that never does gives an empty list.

    >>> reasons_of("K3")
    ('not-approved-by-institution', 'edited-since-approval')
    """
    return tuple(all_reasons().get(clause_id, ()))


@cache
def all_reasons() -> Mapping[str, tuple[str, ...]]:
    """Map each rule that refuses to its reasons, in the order in which the rules give them."""
    written = sorted(Path(__file__).parent.rglob("*.py"))
    modules = [ast.parse(path.read_text(encoding="utf-8")) for path in written]
    clauses = dict(clause for module in modules for clause in _clauses(module))
    reasons: dict[str, dict[str, None]] = {}
    for module in modules:
        for constant, reason in _refusals(module):
            reasons.setdefault(clauses[constant], {})[reason] = None
    return {clause_id: tuple(given) for clause_id, given in reasons.items()}


def _clauses(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Find `SUBMISSION = Clause("K1")`: the name that a module's refusals use, and its clause."""
    for node in module.body:
        match node:
            case ast.Assign(
                targets=[ast.Name(id=constant)],
                value=ast.Call(
                    func=ast.Name(id="Clause"), args=[ast.Constant(value=str(clause_id))]
                ),
            ):
                yield constant, clause_id


def _refusals(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Find `SUBMISSION.refuse("call-has-closed", …)`, in the order in which they are written."""
    calls = (node for node in ast.walk(module) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda each: each.lineno):
        match call:
            case ast.Call(
                func=ast.Attribute(attr="refuse", value=ast.Name(id=constant)),
                args=[ast.Constant(value=str(reason)), *_],
            ):
                yield constant, reason

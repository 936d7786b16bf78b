"""One small change at a time in a module's source, as a careless hand would make it."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
}  # fmt: skip
CHOOSING = {"filter", "exclude", "Q", "get", "visible_to"}
# What only a reader or a type checker sees, or what Python does while it imports.
PASSED_OVER = ("annotation", "returns", "decorator_list", "type_comment", "type_params", "bases")


@dataclass(frozen=True, slots=True)
class Mutation:
    """A change: where, what was there, what is there now."""

    tree: ast.AST
    node: ast.AST
    changed: ast.AST

    @property
    def line(self) -> int:
        """Where it is, in the module's file."""
        return int(self.node.lineno)  # type: ignore[attr-defined] # whatever changes has one

    @property
    def words(self) -> tuple[str, str]:
        """What was there, and what is there now."""
        return _short(ast.unparse(self.node)), _short(ast.unparse(self.changed))

    @property
    def source(self) -> str:
        """The whole module with the change; the tree stays as it was."""
        _Placed(self.node, self.changed).visit(self.tree)
        try:
            return ast.unparse(self.tree)
        finally:
            _Placed(self.changed, self.node).visit(self.tree)


def mutations(source: str, functions: frozenset[str] = frozenset()) -> Iterator[Mutation]:
    """Give every change of a module, or of the functions of these names in it."""
    tree = ast.parse(source)
    for node in list(_nodes(tree, functions)):
        for change in _changes_of(node):
            changed = ast.copy_location(change(copy.deepcopy(node)), node)
            yield Mutation(tree, node, ast.fix_missing_locations(changed))


def _nodes(tree: ast.AST, functions: frozenset[str]) -> Iterator[ast.AST]:
    if functions:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name in functions:
                yield from _nodes(node, frozenset())
        return
    yield tree
    for name, value in ast.iter_fields(tree):
        if name in PASSED_OVER:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_for_types(child):
                yield from _nodes(child, functions)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _changes_of(node: ast.AST) -> Iterator[Callable[[ast.AST], ast.AST]]:  # noqa: C901 - a table
    match node:
        case ast.Compare(ops=ops):
            yield from (_compared(at) for at, op in enumerate(ops) if type(op) in COMPARISONS)
        case ast.BoolOp():
            yield _joined
        case ast.UnaryOp(op=ast.Not() | ast.Invert()):
            yield lambda found: found.operand  # type: ignore[attr-defined] # the case says so
        case ast.BinOp(op=op) if type(op) in OPERATORS:
            yield _operated
        case ast.Constant(value=bool()):
            yield _flipped
        case ast.Constant(value=int()):
            yield _raised
        case ast.If() | ast.IfExp():
            yield _negated
        case ast.Expr(value=ast.Call()):
            yield lambda _found: ast.Pass()
        case ast.Return(value=ast.expr()):
            yield lambda _found: ast.Return(value=ast.Constant(value=None))
        case ast.Call(keywords=keywords) if _name(node) in CHOOSING:
            yield from (_without(at) for at, word in enumerate(keywords) if word.arg)


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _compared(at: int) -> Callable[[ast.AST], ast.AST]:
    def change(found: ast.AST) -> ast.AST:
        assert isinstance(found, ast.Compare)  # noqa: S101 - for the type checker
        found.ops[at] = COMPARISONS[type(found.ops[at])]()
        return found

    return change


def _joined(found: ast.AST) -> ast.AST:
    assert isinstance(found, ast.BoolOp)  # noqa: S101 - for the type checker
    found.op = ast.Or() if isinstance(found.op, ast.And) else ast.And()
    return found


def _operated(found: ast.AST) -> ast.AST:
    assert isinstance(found, ast.BinOp)  # noqa: S101 - for the type checker
    found.op = OPERATORS[type(found.op)]()
    return found


def _flipped(found: ast.AST) -> ast.AST:
    assert isinstance(found, ast.Constant)  # noqa: S101 - for the type checker
    return ast.Constant(value=not found.value)


def _raised(found: ast.AST) -> ast.AST:
    assert isinstance(found, ast.Constant)  # noqa: S101 - for the type checker
    assert isinstance(found.value, int)  # noqa: S101 - as above
    return ast.Constant(value=found.value + 1)


def _negated(found: ast.AST) -> ast.AST:
    assert isinstance(found, ast.If | ast.IfExp)  # noqa: S101 - for the type checker
    found.test = ast.UnaryOp(op=ast.Not(), operand=found.test)
    return found


def _without(at: int) -> Callable[[ast.AST], ast.AST]:
    def change(found: ast.AST) -> ast.AST:
        assert isinstance(found, ast.Call)  # noqa: S101 - for the type checker
        del found.keywords[at]
        return found

    return change


class _Placed(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, place: ast.AST, node: ast.AST) -> None:
        self._place, self._node = place, node

    def visit(self, node: ast.AST) -> ast.AST:
        return self._node if node is self._place else self.generic_visit(node)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) < 90 else f"{words[:90]}…"  # noqa: PLR2004 - a line's worth

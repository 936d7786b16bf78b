"""What loading some files would change, row by row and field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banso.catalogue.program.row import Content, Row
    from banso.catalogue.program.rows import ProgramFiles, StoredProgram

Act: TypeAlias = Literal["added", "changed", "withdrawn", "restored"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that says something else than before."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Change:
    """What would happen to one record."""

    kind: str
    key: str
    act: Act
    differences: tuple[Difference, ...] = ()

    @property
    def is_rewritten(self) -> bool:
        """Whether a record that was there says something else now."""
        return self.act in {"changed", "restored"} and bool(self.differences)


def changes_between(stored: StoredProgram, files: ProgramFiles) -> tuple[Change, ...]:
    """List what differs; a kind that the files leave out stays as it is."""
    return tuple(
        change
        for kind, rows in files.rows.items()
        for change in _changes_of_kind(kind, rows, stored)
    )


def differences_between(before: Content, after: Content) -> tuple[Difference, ...]:
    """Compare two contents of one record, in the order of the newer one's fields."""
    return tuple(
        Difference(name, before.get(name), value)
        for name, value in after.items()
        if _said(before.get(name)) != _said(value)
    )


def _said(value: object) -> object:
    return None if value == "" else value


def _changes_of_kind(kind: str, rows: tuple[Row, ...], stored: StoredProgram) -> Iterator[Change]:
    earlier = {row.key: row for row in stored.rows.get(kind, ())}
    kept = {row.key for row in rows}
    for row in rows:
        if row.key not in earlier:
            yield Change(kind, row.key, "added", differences_between({}, row.content))
            continue
        differences = differences_between(earlier[row.key].content, row.content)
        if (kind, row.key) in stored.withdrawn:
            yield Change(kind, row.key, "restored", differences)
        elif differences:
            yield Change(kind, row.key, "changed", differences)
    for key in earlier:
        if key not in kept and (kind, key) not in stored.withdrawn:
            yield Change(kind, key, "withdrawn")

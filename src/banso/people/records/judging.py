"""What an uploaded row would do: enter, change, leave as it is, or why it cannot be taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django_stubs_ext import StrOrPromise

# What a trip through CP932 changes without anybody meaning it (J8).
_TRIPPED: Final = str.maketrans("～－∥￠￡￢", "〜−‖¢£¬")


class State(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanRow:
    """A row whose cells were read: the values that it gives, and what is wrong with it."""

    number: int
    record: str = ""
    stamp: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    organisation: str = ""
    unit: str = ""
    from_on: date | None = None
    faults: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Judged:
    """What a row would do, to which record, and in which words it is refused."""

    number: int
    name: str
    state: State
    row: CleanRow
    record: Any = None
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[StrOrPromise] = field(default_factory=list)
    organisation: Any = None
    affiliation: Any = None

    @property
    def is_refused(self) -> bool:
        """Whether something in the row is to be put right."""
        return self.state is State.ERROR

    def refuse(self, sentence: StrOrPromise) -> None:
        """Say why the row cannot be taken."""
        self.state = State.ERROR
        self.faults.append(sentence)


def differing(record: Any, values: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a person or a body
    """Find the values that differ; an empty cell leaves what is there."""
    return {
        name: value
        for name, value in values.items()
        if value and _plain(value) != _plain(getattr(record, name))
    }


def repeated(keys: Iterable[tuple[int, str]]) -> dict[int, int]:
    """Map each row whose key an earlier row has to that earlier row."""
    first: dict[str, int] = {}
    again: dict[int, int] = {}
    for number, key in keys:
        if not key:
            continue
        if key in first:
            again.setdefault(number, first[key])
        else:
            first[key] = number
    return again


def _plain(value: object) -> object:
    return value.translate(_TRIPPED) if isinstance(value, str) else value

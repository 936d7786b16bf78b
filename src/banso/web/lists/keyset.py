"""Pages by key: the rows after one row, at the same cost wherever in the list that row is."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Q

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.db.models.expressions import OrderBy

_LONGEST_TOKEN: Final = 2000
NOTHING: Final = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Key:
    """A place in the order of a list: how many rows are before it, and its values."""

    before: int
    values: tuple[Any, ...]

    def token(self) -> str:
        """Write the place for an address."""
        text = json.dumps([self.before, *map(_written, self.values)], ensure_ascii=False)
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, token: str, size: int) -> Key | None:
        """Read a place of an order of `size` fields; what nobody gave out is no place."""
        if not token or len(token) > _LONGEST_TOKEN:
            return None
        try:
            text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
            before, *values = json.loads(text)
        except (binascii.Error, UnicodeDecodeError, TypeError, ValueError):
            return None
        is_whole = isinstance(before, int) and before >= 0 and len(values) == size
        are_plain = all(value is None or isinstance(value, str | int | float) for value in values)
        return cls(before, tuple(values)) if is_whole and are_plain else None


@dataclass(frozen=True, slots=True)
class Order:
    """Fields to sort by, each with a minus where it descends; empty values come last.

    `filled` names fields that are never empty here: for them alone an index can be followed.
    """

    fields: tuple[str, ...]
    filled: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.fields[-1].lstrip("-") != "pk":
            object.__setattr__(self, "fields", (*self.fields, "pk"))
        object.__setattr__(self, "filled", self.filled | {"pk"})

    def over(self, model: type[Model]) -> Order:
        """Learn from the model which of the fields are never empty."""
        named = (field.lstrip("-") for field in self.fields)
        always = frozenset(name for name in named if _is_always_filled(model, name))
        return Order(self.fields, self.filled | always)

    def sort(self, rows: QuerySet[Any], *, backwards: bool = False) -> QuerySet[Any]:
        """Sort the rows, or turn the whole order round."""
        return rows.order_by(
            *(self._ordering(field, backwards=backwards) for field in self.fields)
        )

    def after(self, key: Key) -> Q:
        """Keep the rows behind a place."""
        return self._beyond(key, is_after=True)

    def before(self, key: Key) -> Q:
        """Keep the rows in front of a place."""
        return self._beyond(key, is_after=False)

    def key_of(self, row: Model, before: int) -> Key:
        """Read a row's place."""
        return Key(before, tuple(_value(row, field.lstrip("-")) for field in self.fields))

    def _ordering(self, field: str, *, backwards: bool) -> OrderBy:
        name, descends = field.lstrip("-"), field.startswith("-") is not backwards
        empties = {"nulls_first": True} if backwards else {"nulls_last": True}
        if name in self.filled:
            empties = {}
        return F(name).desc(**empties) if descends else F(name).asc(**empties)

    def _beyond(self, key: Key, *, is_after: bool) -> Q:
        beyond, same = NOTHING, Q()
        for field, value in zip(self.fields, key.values, strict=True):
            name = field.lstrip("-")
            side = "lt" if field.startswith("-") is is_after else "gt"
            if name in self.filled:
                beyond |= same & Q((f"{name}__{side}", value))
            elif is_after:
                beyond |= same & _later(name, side, value)
            else:
                beyond |= same & _earlier(name, side, value)
            same &= _equal(name, value)
        return beyond & self._bound(key, is_after=is_after)

    def _bound(self, key: Key, *, is_after: bool) -> Q:
        # Says nothing new, but an index can begin there: it cannot with alternatives alone.
        field, value = self.fields[0], key.values[0]
        name = field.lstrip("-")
        if name not in self.filled:
            return Q()
        return Q((f"{name}__{'lte' if field.startswith('-') is is_after else 'gte'}", value))


def page_of(
    rows: QuerySet[Any], order: Order, *, size: int, after: Key | None, before: Key | None
) -> tuple[list[Any], bool, bool]:
    """Fetch one page; tell whether there are rows before and behind it.

    A place whose values are not of the fields' kinds leads to the first page.
    """
    order = order.over(rows.model)
    try:
        return _fetched(rows, order, size=size, after=after, before=before)
    except (ValidationError, ValueError, TypeError):
        return _fetched(rows, order, size=size, after=None, before=None)


def _fetched(
    rows: QuerySet[Any], order: Order, *, size: int, after: Key | None, before: Key | None
) -> tuple[list[Any], bool, bool]:
    if before is not None:
        sorted_back = order.sort(rows.filter(order.before(before)), backwards=True)
        found = list(sorted_back[: size + 1])
        return found[:size][::-1], len(found) > size, True
    behind = rows.filter(order.after(after)) if after is not None else rows
    found = list(order.sort(behind)[: size + 1])
    return found[:size], after is not None, len(found) > size


def _is_always_filled(model: type[Model], path: str) -> bool:
    """Tell whether no row of the model lacks the field; what a query adds may be lacking."""
    reached: type[Model] | None = model
    for name in path.split("__"):
        if name == "pk":
            return True
        try:
            field = reached._meta.get_field(name) if reached else None
        except FieldDoesNotExist:
            return False
        if field is None or field.null:
            return False
        reached = field.related_model
    return True


def _later(name: str, side: str, value: object) -> Q:
    if value is None:
        return NOTHING
    return Q((f"{name}__{side}", value)) | Q((f"{name}__isnull", True))


def _earlier(name: str, side: str, value: object) -> Q:
    if value is None:
        return Q((f"{name}__isnull", False))
    return Q((f"{name}__{side}", value))


def _equal(name: str, value: object) -> Q:
    return Q((f"{name}__isnull", True)) if value is None else Q((name, value))


def _value(row: Model, path: str) -> object:
    found: object = row
    for part in path.split("__"):
        found = getattr(found, part) if found is not None else None
    return found


def _written(value: object) -> object:
    match value:
        case datetime() | date():
            return value.isoformat()
        case None | str() | int() | float():
            return value
        case _:
            return str(value)

"""Pages by key: the rows after one row, at the same cost wherever in the list that row is."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
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
    """Fields to sort by, each with a minus where it descends; empty values come last."""

    fields: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.fields[-1].lstrip("-") != "pk":
            object.__setattr__(self, "fields", (*self.fields, "pk"))

    def sort(self, rows: QuerySet[Any], *, backwards: bool = False) -> QuerySet[Any]:
        """Sort the rows, or turn the whole order round."""
        return rows.order_by(*(_ordering(field, backwards=backwards) for field in self.fields))

    def after(self, key: Key) -> Q:
        """Keep the rows behind a place."""
        return self._beyond(key, _later)

    def before(self, key: Key) -> Q:
        """Keep the rows in front of a place."""
        return self._beyond(key, _earlier)

    def key_of(self, row: Model, before: int) -> Key:
        """Read a row's place."""
        return Key(before, tuple(_value(row, field.lstrip("-")) for field in self.fields))

    def _beyond(self, key: Key, compare: Any) -> Q:  # noqa: ANN401 - one of the two below
        beyond, same = NOTHING, Q()
        for field, value in zip(self.fields, key.values, strict=True):
            beyond |= same & compare(field, value)
            same &= _equal(field, value)
        return beyond


def page_of(
    rows: QuerySet[Any], order: Order, *, size: int, after: Key | None, before: Key | None
) -> tuple[list[Any], bool, bool]:
    """Fetch one page; tell whether there are rows before and behind it.

    A place whose values are not of the fields' kinds leads to the first page.
    """
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


def _ordering(field: str, *, backwards: bool) -> OrderBy:
    named, descends = F(field.lstrip("-")), field.startswith("-") is not backwards
    empties = {"nulls_first": True} if backwards else {"nulls_last": True}
    if field.lstrip("-") == "pk":
        empties = {}
    return named.desc(**empties) if descends else named.asc(**empties)


def _later(field: str, value: object) -> Q:
    name = field.lstrip("-")
    if value is None:
        return NOTHING
    side = Q(**{f"{name}__{'lt' if field.startswith('-') else 'gt'}": value})
    return side if name == "pk" else side | Q(**{f"{name}__isnull": True})


def _earlier(field: str, value: object) -> Q:
    name = field.lstrip("-")
    if value is None:
        return Q(**{f"{name}__isnull": False})
    return Q(**{f"{name}__{'gt' if field.startswith('-') else 'lt'}": value})


def _equal(field: str, value: object) -> Q:
    name = field.lstrip("-")
    return Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})


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

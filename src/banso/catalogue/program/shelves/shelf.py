"""How rows of one kind are kept in a table: read back, written, put in order, withdrawn."""

from __future__ import annotations

from dataclasses import fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db.models import Model

from banso.catalogue.models import PublicRecord
from banso.catalogue.program.row import AnyRow, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from django.db.models import Manager, QuerySet

Record = TypeVar("Record", bound=Model)

NOTHING: Mapping[str, str] = MappingProxyType({})


class Shelf(Generic[AnyRow, Record]):
    """A table whose records are rows: same fields, some under the house's own names."""

    def __init__(
        self,
        row_type: type[AnyRow],
        manager: Manager[Record],
        *,
        named_by: Sequence[str] = (),
        renamed: Mapping[str, str] = NOTHING,
    ) -> None:
        self.row_type = row_type
        self.manager = manager
        self.named_by = named_by
        self.renamed = renamed

    @property
    def has_places(self) -> bool:
        """Whether the records keep the files' order, and can be withdrawn."""
        return issubclass(self.manager.model, PublicRecord)

    def records(self) -> QuerySet[Record]:
        """List the records in the files' order, with all that a row needs."""
        order = ("position", "pk") if self.has_places else ("pk",)
        return self.manager.order_by(*order)

    def row_of(self, record: Record) -> AnyRow:
        """Read a record back as the row that it came from."""
        return self.row_type(
            **{
                name: getattr(record, self.renamed.get(name, name))
                for name in names_of(self.row_type)
            }
        )

    def write(self, rows: Iterable[AnyRow], _all_rows: Sequence[AnyRow]) -> None:
        """Write the rows that changed; `_all_rows` are what they are among."""
        for row in rows:
            self.write_one(row)

    def write_one(self, row: AnyRow) -> None:
        """Write one row over the record of its name, or as a new one."""
        columns = {
            self.renamed.get(name, name): getattr(row, name) for name in names_of(self.row_type)
        }
        named = {name: columns.pop(name) for name in self.named_by}
        self.manager.update_or_create(**named, defaults=columns)

    def put_in_order(self, rows: Sequence[AnyRow]) -> None:
        """Give the records the places of their rows; what is in the files is not withdrawn."""
        position_of = {row.key: position for position, row in enumerate(rows)}
        moved = []
        for record in self.records():
            position = position_of.get(self.row_of(record).key)
            if isinstance(record, PublicRecord) and position not in {None, record.position}:
                record.position = position
                moved.append(record)
        if moved:
            self.manager.bulk_update(moved, ["position"])

    def mark_withdrawn(self, keys: set[str], at: datetime | None) -> None:
        """Mark the records of these keys as withdrawn, or with None as in force again."""
        if not keys:
            return
        marked = [record.pk for record in self.records() if self.row_of(record).key in keys]
        self.manager.filter(pk__in=marked).update(withdrawn_at=at)


def names_of(row_type: type[Row]) -> tuple[str, ...]:
    """Name the fields of a kind of row."""
    return tuple(declared.name for declared in fields(row_type))

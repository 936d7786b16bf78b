"""What every row of the program's files is: fields that are read, a key, a plain content."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, ClassVar, TypeAlias, TypeVar

from banso.catalogue.program import values

Content: TypeAlias = "dict[str, Any]"
AnyRow = TypeVar("AnyRow", bound="Row")


def read_by(reader: values.Reader) -> dict[str, values.Reader]:
    """Name the reader of a field, for `values.read_fields`."""
    return {"reader": reader}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(ABC):
    """A row of a section; its key names it for good, across editions of the file."""

    kind: ClassVar[str]
    is_withdrawable: ClassVar[bool] = True

    @property
    @abstractmethod
    def key(self) -> str:
        """What stays the same when the row's content changes."""

    @property
    def content(self) -> Content:
        """The row as plain values, as editions keep them."""
        return {each.name: plain(getattr(self, each.name)) for each in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A file beside a row: what it is called and how large it is."""

    title_ja: str = field(metadata=read_by(values.line))
    format: str = field(metadata=read_by(values.line_or_nothing))
    kb: int | None = field(metadata=read_by(values.kilobytes_or_nothing))


def plain(value: object) -> object:
    """Bring a row's value to what JSON holds."""
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return [plain(item) for item in value]
        case FileRow():
            return {each.name: getattr(value, each.name) for each in fields(value)}
        case _:
            return value

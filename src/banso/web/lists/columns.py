"""A column of a list: how it is named, read, shown, sorted and taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from django.utils.translation import gettext as _

from banso.web.formats import yen_unit
from banso.web.fronts import in_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

Row = TypeVar("Row")
_PHYSICAL_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Kind(StrEnum):
    """How a cell is shown to a person; a file holds the plain value."""

    TEXT = "text"
    NUMBER = "number"
    YEN = "yen"
    DATE = "date"
    INSTANT = "instant"
    STATUS = "status"
    BILINGUAL = "bilingual"
    JAPANESE = "japanese"


class Status(NamedTuple):
    """A state in words, with the tone of its tag: neutral, info, success, warning or error."""

    label: StrOrPromise
    tone: str = "neutral"

    def __str__(self) -> str:
        return str(self.label)


class Bilingual(NamedTuple):
    """Text in both languages; a cell shows the reader's, or the other one marked as such."""

    ja: str
    en: str

    def __str__(self) -> str:
        return in_language(self.ja, self.en) or self.en


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its physical name, its label for people, and how to read it from a row.

    `order` names the fields of the query by which the column sorts; without it, it does not.
    `unit` is the one in which a page shows yen; a file holds them whole.
    Where a value `is_due`, a page says that it is missing instead of leaving the cell empty (E2).
    """

    name: str
    label: StrOrPromise
    value: Callable[[Row], object]
    kind: Kind = Kind.TEXT
    unit: str = "yen"
    address: Callable[[Row], str] | None = None
    order: tuple[str, ...] = ()
    is_heading: bool = False
    is_wide: bool = False
    is_shown: bool = True
    is_due: bool = False

    def __post_init__(self) -> None:
        if not _PHYSICAL_NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is not a physical name")

    @property
    def heading(self) -> str:
        """What stands over the column on a page; amounts say their unit there (J4)."""
        return self._with_unit(self.unit)

    @property
    def heading_in_file(self) -> str:
        """What stands over the column in a file, where amounts are whole."""
        return self._with_unit("yen")

    def _with_unit(self, unit: str) -> str:
        if self.kind is not Kind.YEN:
            return str(self.label)
        return _("%(label)s (%(unit)s)") % {"label": self.label, "unit": yen_unit(unit)}

    def address_of(self, row: Row) -> str:
        """Where a row's cell leads; nothing where it leads nowhere."""
        return self.address(row) if self.address else ""

    @property
    def is_number(self) -> bool:
        """Whether the cells are right-aligned, so that digits are under each other."""
        return self.kind in {Kind.NUMBER, Kind.YEN}

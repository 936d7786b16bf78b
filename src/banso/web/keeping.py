"""What a form shows of text that is kept while somebody writes; the app `kept` keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from django.forms import BaseForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field that says one thing on record and another in the form."""

    label: str
    saved: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Text that was kept earlier: when, what differs from the record, and where it is shown."""

    kept_at: datetime
    differences: Sequence[Difference]
    address: str
    restore: str
    is_filled: bool = False
    has_record_changed: bool = False


class Keeping(Protocol):
    """What a long form and its answer need to know of the text that is kept."""

    @property
    def token(self) -> str:
        """What the page sends with its text."""

    @property
    def address(self) -> str:
        """Where text is kept."""

    @property
    def found(self) -> Sequence[Found]:
        """What was kept earlier, the one that fills the form first."""

    @property
    def clash(self) -> Sequence[Difference]:
        """In which fields the record changed since the page was opened, and differs from it."""

    @property
    def as_saved(self) -> str:
        """Where the form is shown with what is saved."""

    def alone(self) -> AbstractContextManager[None]:
        """Let nobody else change the same record while a form is answered."""

    def clashes(self, form: BaseForm) -> bool:
        """Tell whether the record changed since the page was opened, to something else."""

    def end(self) -> None:
        """Forget the text, which was sent."""

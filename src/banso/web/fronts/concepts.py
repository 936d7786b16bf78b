"""What followed from a concept: the points of its way, and the stages that are counted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

# How much of a kind a concept's page shows; the lists have all of it.
LATEST: Final = 20


class Reached(StrEnum):
    """Whether a point of a concept's way is passed."""

    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A point of a concept's way from the vision to its results, in the reader's language."""

    title: str
    state: Reached
    when: str = ""
    note: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What followed from a concept in one app: steps of its way, and a table for its page.

    The template shows `rows`; whoever sees the page sees all of it.
    """

    steps: Sequence[Step]
    template: str = ""
    rows: Sequence[Any] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of a concept's life cycle: its rows, and the field in which they name the concept.

    Rows that join others are counted by what is `counted`, each once.
    """

    rows: Callable[[], QuerySet[Any]]
    concept: str
    counted: str = "pk"

    def counts(self) -> Mapping[UUID, int]:
        """Count the rows of every concept that has any, in one query."""
        rows = self.rows().order_by().values_list(self.concept)
        return dict(rows.annotate(Count(self.counted, distinct=True)))

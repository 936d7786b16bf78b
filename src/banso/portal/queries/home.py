"""What the first page shows: what is open, what was decided last, what is funded."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from banso.web.fronts import HomePart, fronts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSection:
    """A part of the first page with what it shows now."""

    template: str
    shown: Any


def home_page(at: datetime) -> Sequence[HomeSection]:
    """Read the first page, part by part."""
    parts = [part for part in _parts() if not part.is_decision]
    return _read(sorted([*parts, _LATEST_DECISIONS], key=attrgetter("place")), at)


def _decisions(at: datetime) -> Sequence[HomeSection]:
    parts = [part for part in _parts() if part.is_decision]
    return _read(sorted(parts, key=attrgetter("place")), at)


_LATEST_DECISIONS = HomePart(place=20, template="portal/_latest_decisions.html", gather=_decisions)


def _parts() -> list[HomePart]:
    return [part for front in fronts().values() for part in front.home]


def _read(parts: Sequence[HomePart], at: datetime) -> Sequence[HomeSection]:
    return [HomeSection(template=part.template, shown=part.gather(at)) for part in parts]

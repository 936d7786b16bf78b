"""How the lists of councils show a concept, a name and a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from banso.rulebook.japan import day_in_japan
from banso.web.lists.columns import Bilingual

if TYPE_CHECKING:
    from datetime import date, datetime


def concept_title(concept: Any) -> Bilingual:  # noqa: ANN401 - a row of a list
    """Give a concept's title in both languages."""
    return Bilingual(concept.title, concept.title_en)


def name_of(row: Any) -> Bilingual:  # noqa: ANN401 - a row of a list
    """Give the name of a person or a body in both languages."""
    return Bilingual(row.name_ja, row.name_en)


def day_of(instant: datetime | None) -> date | None:
    """Name the day of an instant in Japan."""
    return day_in_japan(instant) if instant else None

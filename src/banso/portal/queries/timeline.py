"""A concept's way from the vision to its results, with what is missing on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from banso.catalogue.queries import ConceptPage, concept_page
from banso.web.fronts import fronts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from banso.web.fronts.concepts import Followed, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A concept with everything public that followed from it, app by app."""

    page: ConceptPage
    parts: Sequence[Followed]

    @property
    def steps(self) -> list[Step]:
        """Line up vision, editions, calls, projects, council and results."""
        return [step for part in self.parts for step in part.steps]


def journey_of(slug: str, at: datetime) -> Journey:
    """Read a concept's page by its address, with what each app knows at an instant."""
    page = concept_page(slug)
    parts = [front.of_concept(page, at) for front in fronts().values() if front.of_concept]
    return Journey(page=page, parts=parts)

"""The stages of a life cycle, each a count read back from the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from banso.web.fronts import fronts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from banso.catalogue.models import Concept
    from banso.web.fronts.concepts import Stage


@dataclass(frozen=True, slots=True)
class Row:
    """What the database holds of one concept's life cycle."""

    concept: str
    stages: dict[str, int]

    @property
    def missing(self) -> list[str]:
        """The stages of which there is nothing."""
        return [stage for stage, count in self.stages.items() if count == 0]

    def as_json(self) -> dict[str, object]:
        """Give the row as the command line's JSON has it."""
        return {"concept": self.concept, "stages": self.stages}


def stages() -> Mapping[str, Stage]:
    """Join the stages that the apps declare, in the order in which a life passes through them."""
    return {code: stage for front in fronts().values() for code, stage in front.stages.items()}


def read_back(concepts: Sequence[Concept]) -> list[Row]:
    """Count every stage of every concept in the database, in one query for each stage."""
    counted = {code: stage.counts() for code, stage in stages().items()}
    return [
        Row(concept.slug, {code: counts.get(concept.pk, 0) for code, counts in counted.items()})
        for concept in concepts
    ]


def table(rows: Sequence[Row]) -> str:
    """Write the rows as a text table, a column a stage, with their names above by number."""
    codes = list(stages())
    legend = [f"{number:>2} {code}" for number, code in enumerate(codes, start=1)]
    head = "concept   " + "".join(f"{number:>4}" for number in range(1, len(codes) + 1))
    lines = [
        f"{row.concept:<10}" + "".join(f"{count:>4}" for count in row.stages.values())
        for row in rows
    ]
    complete = sum(not row.missing for row in rows)
    return "\n".join([*legend, "", head, *lines, "", f"{complete} of {len(rows)} rows complete"])

"""The stages of a life cycle, each a count read back from the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.utils import CursorWrapper

    from banso.catalogue.models import Concept

# Stage code: a count for one concept, whose id is the only parameter.
STAGES = {
    "editions": "SELECT count(*) FROM catalogue_conceptedition WHERE concept_id = %s",
    "calls-opened": "SELECT count(*) FROM calls_call WHERE concept_id = %s AND opened_at IS NOT NULL",
    "proposals": """
        SELECT count(*) FROM proposals_proposal p JOIN calls_call c ON c.id = p.call_id
         WHERE c.concept_id = %s AND p.submitted_at IS NOT NULL""",
    "receipts": """
        SELECT count(*) FROM proposals_receipt r JOIN proposals_proposal p ON p.id = r.proposal_id
          JOIN calls_call c ON c.id = p.call_id WHERE c.concept_id = %s""",
    "conflicts": """
        SELECT count(*) FROM proposals_exclusion e JOIN proposals_proposal p ON p.id = e.proposal_id
          JOIN calls_call c ON c.id = p.call_id WHERE c.concept_id = %s""",
    "assessments": """
        SELECT count(*) FROM review_assessment a JOIN review_assignment s ON s.id = a.assignment_id
          JOIN proposals_proposal p ON p.id = s.proposal_id JOIN calls_call c ON c.id = p.call_id
         WHERE c.concept_id = %s AND a.submitted_at IS NOT NULL""",
    "letters": """
        SELECT count(*) FROM review_letter l JOIN proposals_proposal p ON p.id = l.proposal_id
          JOIN calls_call c ON c.id = p.call_id WHERE c.concept_id = %s""",
    "projects": "SELECT count(*) FROM projects_project WHERE concept_id = %s",
    "plans": """
        SELECT count(*) FROM projects_planedition e JOIN projects_project p ON p.id = e.project_id
         WHERE p.concept_id = %s""",
    "council-consents": """
        SELECT count(*) FROM councils_membership m JOIN councils_council c ON c.id = m.council_id
         WHERE c.concept_id = %s AND m.accepted_at IS NOT NULL""",
    "meetings": """
        SELECT count(*) FROM councils_councilmeeting m JOIN councils_council c ON c.id = m.council_id
         WHERE c.concept_id = %s""",
    "agreed-items-answered": """
        SELECT count(*) FROM councils_response r JOIN councils_agreeditem a ON a.id = r.agreed_item_id
          JOIN councils_council c ON c.id = a.council_id
         WHERE c.concept_id = %s AND r.evidence_at IS NOT NULL""",
    "items-accepted": """
        SELECT count(*) FROM protected_reply r JOIN protected_offer o ON o.id = r.offer_id
          JOIN protected_protecteditem i ON i.id = o.item_id
          JOIN councils_council c ON c.id = i.council_id
         WHERE c.concept_id = %s AND r.answer = 'accept'""",
    "items-declined": """
        SELECT count(*) FROM protected_reply r JOIN protected_offer o ON o.id = r.offer_id
          JOIN protected_protecteditem i ON i.id = o.item_id
          JOIN councils_council c ON c.id = i.council_id
         WHERE c.concept_id = %s AND r.answer = 'decline'""",
    "deliveries": """
        SELECT count(*) FROM protected_delivery d JOIN protected_itemversion v ON v.id = d.version_id
          JOIN protected_protecteditem i ON i.id = v.item_id
          JOIN councils_council c ON c.id = i.council_id WHERE c.concept_id = %s""",
    "results-published": """
        SELECT count(*) FROM results_result r JOIN projects_project p ON p.id = r.project_id
         WHERE p.concept_id = %s AND r.published_at IS NOT NULL""",
    "withholdings-ended": """
        SELECT count(*) FROM results_withholding w JOIN councils_council c ON c.id = w.council_id
         WHERE c.concept_id = %s AND w.state = 'ended'""",
    "left-the-council": """
        SELECT count(*) FROM councils_membership m JOIN councils_council c ON c.id = m.council_id
         WHERE c.concept_id = %s AND m.left_at IS NOT NULL""",
    "kept-in-the-team": """
        SELECT count(DISTINCT t.person_id) FROM councils_membership m
          JOIN councils_council c ON c.id = m.council_id
          JOIN projects_project p ON p.concept_id = c.concept_id
          JOIN projects_projectmember t ON t.project_id = p.id AND t.person_id = m.person_id
         WHERE c.concept_id = %s AND m.left_at IS NOT NULL AND t.until_on IS NULL
           AND NOT EXISTS (SELECT FROM projects_teamchange x WHERE x.member_id = t.id)""",
}


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


def read_back(concepts: Sequence[Concept]) -> list[Row]:
    """Count every stage of every concept in the database."""
    with connection.cursor() as cursor:
        return [
            Row(
                concept.slug,
                {stage: _count(cursor, sql, concept) for stage, sql in STAGES.items()},
            )
            for concept in concepts
        ]


def table(rows: Sequence[Row]) -> str:
    """Write the rows as a text table, a column a stage, with their names above by number."""
    legend = [f"{number:>2} {stage}" for number, stage in enumerate(STAGES, start=1)]
    head = "concept   " + "".join(f"{number:>4}" for number in range(1, len(STAGES) + 1))
    lines = [
        f"{row.concept:<10}" + "".join(f"{count:>4}" for count in row.stages.values())
        for row in rows
    ]
    complete = sum(not row.missing for row in rows)
    return "\n".join([*legend, "", head, *lines, "", f"{complete} of {len(rows)} rows complete"])


def _count(cursor: CursorWrapper, sql: str, concept: Concept) -> int:
    cursor.execute(sql, [concept.pk])
    [count] = cursor.fetchone()
    return int(count)

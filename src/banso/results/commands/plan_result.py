"""A team plans a result; it is open from the start (R1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command, record
from banso.projects.models import Project
from banso.results.judging.team import team_on
from banso.results.models import Result
from banso.results.permissions import PLAN_RESULT
from banso.rulebook.japan import day_in_japan
from banso.rulebook.results.withholding import OPENNESS

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def plan_result(
    *,
    actor: Actor,
    project_id: UUID,
    kind: str,
    title_ja: str,
    title_en: str = "",
    summary: str = "",
    author_ids: Collection[UUID],
    presented_to_council: bool = False,
    is_sample: bool = False,
    at: datetime,
) -> Result:
    """Note a result before it is published; the team alone decides who else sees the plan."""
    project = Project.objects.get(pk=project_id)

    PLAN_RESULT.require(actor, team_on(project.pk, day_in_japan(at)))
    result = Result.objects.create(
        project=project,
        kind=kind,
        title_ja=title_ja,
        title_en=title_en,
        summary=summary,
        is_presented_to_council=presented_to_council,
        planned_at=at,
        is_sample=is_sample,
    )
    result.authors.set(author_ids)  # type: ignore[arg-type]  # it takes ids as well
    record(
        subject=result,
        clause=OPENNESS,
        details={
            "project": project_id,
            "kind": kind,
            "title_ja": title_ja,
            "authors": sorted(str(author_id) for author_id in author_ids),
            "presented_to_council": presented_to_council,
        },
    )
    return result

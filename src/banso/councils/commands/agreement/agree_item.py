"""The secretariat records what a council agreed, for the projects that it names."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from banso.councils.models import AgendaItem, AgreedItem, Council
from banso.councils.permissions import AGREE_ITEM
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.projects.models import Project, Viewpoint
from banso.rulebook.councils import AGREED_ITEM, counts_in_evaluation, may_agree
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def agree_item(
    *,
    actor: Actor,
    agenda_item_id: UUID,
    project_ids: Collection[UUID],
    text: str,
    research_side_took_part: bool,
    at: datetime,
) -> AgreedItem:
    """Record an agreed item and hand it to its projects, members of the council or not (C7)."""
    councils = locked(Council.objects.visible_to(actor))
    council = councils.get(meetings__agenda=agenda_item_id)
    agenda_item = AgendaItem.objects.get(pk=agenda_item_id)
    projects = list(Project.objects.filter(pk__in=project_ids))

    AGREE_ITEM.require(actor, council)
    verdict = may_agree(
        representative_in_office=council.has_representative_in_office,
        names_project_of_another_concept=any(
            project.concept_id != council.concept_id for project in projects
        ),
    )
    enforce(verdict)
    item = AgreedItem.objects.create(
        council=council,
        agenda_item=agenda_item,
        number=council.agreed_items.count() + 1,
        text=text,
        research_side_took_part=research_side_took_part,
        agreed_at=at,
    )
    item.projects.set(projects)
    _hand_over(item, projects)
    record(
        subject=item,
        clause=AGREED_ITEM,
        details={
            "council": council.pk,
            "agenda_item": agenda_item_id,
            "projects": sorted(str(project.pk) for project in projects),
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "research_side_took_part": research_side_took_part,
        },
    )
    return item


def _hand_over(item: AgreedItem, projects: Collection[Project]) -> None:
    counts = counts_in_evaluation(research_side_took_part=item.research_side_took_part)
    Viewpoint.objects.bulk_create(
        Viewpoint(
            project=project, agreed_item_id=item.pk, text=item.text, counts_in_evaluation=counts
        )
        for project in projects
    )

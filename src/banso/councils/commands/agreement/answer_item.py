"""The research side of a project answers an agreed item, with its reason."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from banso.councils.models import AgreedItem, Response
from banso.councils.permissions import ANSWER_ITEM
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.projects.models import Viewpoint
from banso.rulebook.councils import AGREED_ITEM, may_answer
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def answer_item(
    *,
    actor: Actor,
    agreed_item_id: UUID,
    project_id: UUID,
    answer: str,
    reason: str,
    at: datetime,
) -> Response:
    """Adopt, adopt in part or do not adopt; the project's viewpoint takes the answer (C7)."""
    items = locked(AgreedItem.objects.visible_to(actor))
    item = items.get(pk=agreed_item_id)
    project = item.projects.get(pk=project_id)

    ANSWER_ITEM.require(actor, project)
    verdict = may_answer(
        answer=answer,
        reason=reason,
        is_research_side=project.lead_id == actor.person_id,
        already_answered=item.responses.filter(project=project).exists(),
    )
    enforce(verdict)
    response = Response.objects.create(
        agreed_item=item,
        project=project,
        answer=answer,
        reason=reason,
        answered_by_id=actor.person_id,
        answered_at=at,
    )
    Viewpoint.objects.filter(project=project, agreed_item_id=item.pk).update(
        answer=answer, reason=reason
    )
    record(
        subject=response,
        clause=AGREED_ITEM,
        details={
            "agreed_item": item.pk,
            "project": project_id,
            "answer": answer,
            "reason_sha256": hashlib.sha256(reason.encode()).hexdigest(),
        },
    )
    return response

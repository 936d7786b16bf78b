"""The research side of a project shows what became of its answer."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from banso.councils.models import AgreedItem, Response
from banso.councils.permissions import SHOW_EVIDENCE
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.projects.models import Viewpoint
from banso.rulebook.councils import AGREED_ITEM, may_show_evidence
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def show_evidence(*, actor: Actor, response_id: UUID, evidence: str, at: datetime) -> Response:
    """Write down what was done about the agreed item; the viewpoint takes it too (C7)."""
    readable = AgreedItem.objects.visible_to(actor)
    responses = Response.objects.filter(agreed_item__in=readable).select_related("project")
    response = locked(responses).get(pk=response_id)

    SHOW_EVIDENCE.require(actor, response.project)
    enforce(may_show_evidence(is_answered=bool(response.answer)))
    response.evidence = evidence
    response.evidence_at = at
    response.save(update_fields=["evidence", "evidence_at"])
    Viewpoint.objects.filter(
        project_id=response.project_id, agreed_item_id=response.agreed_item_id
    ).update(evidence=evidence)
    record(
        subject=response,
        clause=AGREED_ITEM,
        details={"evidence_sha256": hashlib.sha256(evidence.encode()).hexdigest()},
    )
    return response

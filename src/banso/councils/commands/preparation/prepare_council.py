"""A ministry prepares a council for a concept, before anybody is asked to join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.councils.models import Council
from banso.councils.permissions import PREPARE_COUNCIL
from banso.ledger.record import command, record
from banso.rulebook.councils import ESTABLISHMENT

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def prepare_council(
    *,
    actor: Actor,
    concept_id: UUID,
    kind: str,
    organiser_id: UUID,
    fund_minister_id: UUID | None = None,
    is_sample: bool = False,
    at: datetime,
) -> Council:
    """Prepare a council; a fund's council is organised by its minister and the organiser (C1)."""
    council = Council(
        concept_id=concept_id,
        kind=kind,
        organiser_id=organiser_id,
        fund_minister_id=fund_minister_id,
        prepared_at=at,
        is_sample=is_sample,
    )
    PREPARE_COUNCIL.require(actor, council)
    council.save()
    record(
        subject=council,
        clause=ESTABLISHMENT,
        details={
            "concept": concept_id,
            "kind": kind,
            "organiser": organiser_id,
            "fund_minister": fund_minister_id,
        },
    )
    return council

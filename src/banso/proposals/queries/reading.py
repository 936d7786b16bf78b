"""Reading one proposal, its receipts, and everything that a person may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from banso.proposals.models import Proposal, Receipt

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor


def proposals_for(viewer: Actor) -> QuerySet[Proposal]:
    """List everything that the viewer may read, latest submission first, drafts last."""
    return (
        Proposal.objects.visible_to(viewer)
        .select_related("call", "lead", "institution")
        .order_by(F("submitted_at").desc(nulls_last=True), "pk")
    )


def proposal_for(viewer: Actor, proposal_id: UUID) -> Proposal:
    """Find a proposal that the viewer may read, with its team, files and receipts."""
    return (
        Proposal.objects.visible_to(viewer)
        .select_related("call__concept", "call__agency", "lead", "institution", "approved_by")
        .prefetch_related("team__person", "files", "receipts")
        .get(pk=proposal_id)
    )


def receipt_for(viewer: Actor, proposal_id: UUID, number: str) -> Receipt:
    """Find a receipt of a proposal that the viewer may read."""
    readable = Proposal.objects.visible_to(viewer).filter(pk=proposal_id)
    return Receipt.objects.select_related("proposal__call__agency").get(
        proposal__in=readable, number=number
    )

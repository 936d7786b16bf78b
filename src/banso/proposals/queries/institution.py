"""What the officers of an institution read: what waits for their approval, and what has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q

from banso.proposals.models import Proposal

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from banso.people.actors import Actor


def proposals_to_approve(viewer: Actor, at: datetime) -> QuerySet[Proposal]:
    """List what waits for the viewer's approval, by deadline; after closing nothing waits."""
    waiting = Q(submitted_at=None, call__closes_at__gt=at) & ~Q(approved_version=F("version"))
    return (
        sent_proposals(viewer)
        .filter(waiting)
        .order_by("call__closes_at", "sent_to_institution_at", "pk")
    )


def approved_proposals(viewer: Actor) -> QuerySet[Proposal]:
    """List what the viewer's institutions approved, the latest first."""
    approved = sent_proposals(viewer).filter(approved_version=F("version"))
    return approved.order_by("-approved_at", "pk")


def sent_proposals(viewer: Actor) -> QuerySet[Proposal]:
    """List what was sent to the institutions for which the viewer answers."""
    sent = Proposal.objects.visible_to(viewer).filter(
        institution_id__in=viewer.institutions, sent_to_institution_at__isnull=False
    )
    return sent.select_related("call", "lead", "institution")

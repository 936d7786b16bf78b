"""What whoever runs a call reads of the proposals that it received."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count

from banso.proposals.models import Proposal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.calls.models import Call
    from banso.people.actors import Actor


def received_counts(viewer: Actor, calls_shown: list[Call]) -> Mapping[UUID, int]:
    """Count the received proposals that the viewer may read, for each of these calls (V2)."""
    received = _received(viewer).filter(call__in=calls_shown).order_by()
    return dict(received.values_list("call_id").annotate(Count("pk")))


def received_proposals(viewer: Actor, call: Call) -> QuerySet[Proposal]:
    """List what a call received and the viewer may read, in the order in which it came."""
    received = _received(viewer).filter(call=call).select_related("lead", "institution")
    return received.order_by("submitted_at", "pk")


def _received(viewer: Actor) -> QuerySet[Proposal]:
    return Proposal.objects.visible_to(viewer).filter(submitted_at__isnull=False)

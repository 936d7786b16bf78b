"""What whoever runs a call reads of the proposals that it received."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from banso.proposals.models import Proposal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.calls.models import Call
    from banso.people.actors import Actor
    from banso.proposals.models import ProposalQuerySet


@dataclass(frozen=True, slots=True)
class RunCall:
    """A call that its reader runs, with its state and how much of what it received they read."""

    call: Call
    state: Call.State
    received: int

    @property
    def pk(self) -> UUID:
        """The call's key."""
        return self.call.pk


def run_calls(calls: Sequence[Call], *, viewer: Actor, at: datetime) -> Sequence[RunCall]:
    """Say of each call its state and what it received, all of them counted in one query."""
    counts = received_counts(viewer, calls)
    return [RunCall(call, call.state_at(at), counts.get(call.pk, 0)) for call in calls]


def received_counts(viewer: Actor, calls: Sequence[Call]) -> Mapping[UUID, int]:
    """Count the received proposals that the viewer may read, for each of these calls (V2)."""
    received = _received(viewer).filter(call__in=calls).order_by()
    return dict(received.values_list("call_id").annotate(Count("pk")))


def received_proposals(viewer: Actor, call: Call) -> QuerySet[Proposal]:
    """List what a call received and the viewer may read, in the order in which it came."""
    received = _received(viewer).filter(call=call).listed()
    return received.select_related("lead", "institution").order_by("submitted_at", "pk")


def with_words(proposals: QuerySet[Proposal], words: str) -> QuerySet[Proposal]:
    """Keep the proposals whose title or institution has these words."""
    in_title = Q(title_ja__icontains=words) | Q(title_en__icontains=words)
    in_name = Q(institution__name_ja__icontains=words) | Q(institution__name_en__icontains=words)
    return proposals.filter(in_title | in_name)


def _received(viewer: Actor) -> ProposalQuerySet:
    return Proposal.objects.visible_to(viewer).filter(submitted_at__isnull=False)

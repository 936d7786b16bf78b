"""What a team reads: its proposals, from where they may come, and whom they may name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.timezone import localdate

from banso.calls.queries import listed as listed_calls
from banso.people.models import Affiliation, Organisation, Person
from banso.proposals.models import Proposal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor


@dataclass(frozen=True, slots=True)
class ListedProposal:
    """A proposal in a list, with the time left to submit it while its call is open."""

    proposal: Proposal
    left: str

    @property
    def pk(self) -> UUID:
        """The proposal's key."""
        return self.proposal.pk


def listed(proposals: Sequence[Proposal], *, at: datetime) -> Sequence[ListedProposal]:
    """Say of each proposal how much time is left until its call closes."""
    calls = listed_calls([proposal.call for proposal in proposals], at=at)
    return [
        ListedProposal(proposal, call.left)
        for proposal, call in zip(proposals, calls, strict=True)
    ]


def my_proposals(viewer: Actor) -> QuerySet[Proposal]:
    """List the proposals in whose team the viewer is, the nearest deadline first."""
    own = Proposal.objects.visible_to(viewer).filter(team__person_id=viewer.person_id)
    return own.select_related("call", "lead", "institution").order_by("-call__closes_at", "pk")


def begun_for(viewer: Actor, call_id: UUID) -> QuerySet[Proposal]:
    """List what the viewer has begun or sent for a call, so that it is pointed out."""
    return my_proposals(viewer).filter(lead_id=viewer.person_id, call_id=call_id)


def proposals_to_submit(viewer: Actor, at: datetime) -> QuerySet[Proposal]:
    """List what the viewer leads and has not submitted while its call still takes it."""
    unsent = my_proposals(viewer).filter(lead_id=viewer.person_id, submitted_at=None)
    return unsent.filter(call__closes_at__gt=at)


def institutions_of(viewer: Actor) -> QuerySet[Organisation]:
    """List the bodies that the viewer belongs to today, from which they may propose."""
    return Organisation.objects.filter(pk__in=viewer.affiliations).order_by("name_ja", "pk")


def possible_members(proposal: Proposal, at: datetime) -> QuerySet[Person]:
    """List whom the lead can name: people of the institution today, and who is in the team."""
    colleagues = Affiliation.objects.on(localdate(at)).filter(
        organisation_id=proposal.institution_id
    )
    known = Q(pk__in=colleagues.values("person_id")) | Q(proposal_roles__proposal=proposal)
    people = Person.objects.filter(known).exclude(pk=proposal.lead_id)
    return people.order_by("family_name", "given_name", "pk").distinct()

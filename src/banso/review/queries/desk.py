"""The agency's desk: closed calls, what they received, and how far judging has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from banso.calls.models import Call
from banso.ledger.doubt import closed_until
from banso.people.actors import REVIEWER
from banso.people.models import Appointment, Person
from banso.proposals.models import Proposal, ProposalFile
from banso.review.models import Assessment, Assignment, Decision, SecurityExamination
from banso.review.queries.naming import named_by

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCall:
    """A closed call with how much there is to judge that its reader may know of (V2)."""

    call: Call
    received: int
    decided: int

    @property
    def pk(self) -> UUID:
        """The call's own key."""
        return self.call.pk


def closed_calls(viewer: Actor, *, at: datetime) -> QuerySet[Call]:
    """List closed calls that the viewer runs, the latest first."""
    run = Q(agency_id__in=viewer.agencies) | Q(concept_id__in=viewer.directs)
    closed = Call.objects.visible_to(viewer).filter(
        announced_at__isnull=False, closes_at__lte=closed_until(at)
    )
    return closed.filter(run).order_by("-closes_at", "slug")


def calls_matching(calls: QuerySet[Call], words: str) -> QuerySet[Call]:
    """Keep calls whose title has every word."""
    for word in words.split():
        calls = calls.filter(Q(title_ja__icontains=word) | Q(title_en__icontains=word))
    return calls


def with_judged(viewer: Actor, calls: Sequence[Call], *, at: datetime) -> list[JudgedCall]:
    """Count, in one pass for all these calls, what there is to judge and what is decided."""
    judged = Proposal.objects.to_judge(viewer, at=at).filter(call__in=calls).order_by()
    counted = {
        call_id: (received, decided)
        for call_id, received, decided in judged.values_list("call_id").annotate(
            Count("pk"), Count("decision")
        )
    }
    return [
        JudgedCall(call=call, received=received, decided=decided)
        for call in calls
        for received, decided in [counted.get(call.pk, (0, 0))]
    ]


def calls_to_decide(viewer: Actor, *, at: datetime) -> QuerySet[Call]:
    """List closed calls in which a proposal is left to decide; conflicts bar (V2).

    Each call is asked for one such proposal and no more; an `Exists` would look at all of them.
    """
    judged = Proposal.objects.to_judge(viewer, at=at).order_by()
    undecided = judged.filter(call_id=OuterRef("pk"), decision=None).values("pk")[:1]
    return closed_calls(viewer, at=at).alias(left=Subquery(undecided)).exclude(left=None)


def call_to_judge(viewer: Actor, slug: str, *, at: datetime) -> Call:
    """Find a closed call that the viewer runs."""
    return closed_calls(viewer, at=at).get(slug=slug)


def proposals_to_decide(viewer: Actor, call_id: UUID, *, at: datetime) -> QuerySet[Proposal]:
    """List what a call received, without proposals with which the viewer has a conflict (V2)."""
    assigned = Assignment.objects.filter(proposal_id=OuterRef("pk"), conflict="")
    counted = (
        assigned.order_by()
        .values("proposal_id")
        .annotate(assigned=Count("pk"), assessed=Count("assessment__submitted_at"))
    )
    return (
        Proposal.objects.to_judge(viewer, at=at)
        .filter(call_id=call_id)
        .listed()
        .select_related("institution", "decision")
        .annotate(
            assigned=Coalesce(Subquery(counted.values("assigned")), 0),
            assessed=Coalesce(Subquery(counted.values("assessed")), 0),
        )
        .order_by("submitted_at", "pk")
    )


def proposals_matching(proposals: QuerySet[Proposal], words: str) -> QuerySet[Proposal]:
    """Keep proposals that are named by every word, by title or institution."""
    for word in words.split():
        proposals = proposals.filter(named_by(word, ""))
    return proposals


def proposal_to_decide(viewer: Actor, proposal_id: UUID, *, at: datetime) -> Proposal:
    """Find one received proposal that the viewer may judge."""
    return (
        Proposal.objects.to_judge(viewer, at=at)
        .select_related("call__agency", "institution")
        .prefetch_related("files", "team__person")
        .get(pk=proposal_id)
    )


def received_file_for(
    viewer: Actor, proposal_id: UUID, part: str, *, at: datetime
) -> ProposalFile:
    """Find a file of a received proposal that the viewer may judge."""
    judged = Proposal.objects.to_judge(viewer, at=at).filter(pk=proposal_id)
    return ProposalFile.objects.get(proposal__in=judged, part=part)


def assignments_for(viewer: Actor, proposal_id: UUID) -> QuerySet[Assignment]:
    """List who is asked to judge a proposal, with what they submitted."""
    return (
        Assignment.objects.visible_to(viewer)
        .filter(proposal_id=proposal_id)
        .select_related("person")
        .order_by("assigned_at", "pk")
    )


def assessments_for(viewer: Actor, proposal_id: UUID) -> QuerySet[Assessment]:
    """List submitted assessments of a proposal by reviewers who have no conflict."""
    return (
        Assessment.objects.visible_to(viewer)
        .filter(
            assignment__proposal_id=proposal_id,
            assignment__conflict="",
            submitted_at__isnull=False,
        )
        .select_related("assignment__person")
        .order_by("submitted_at", "pk")
    )


def examination_for(viewer: Actor, proposal_id: UUID) -> SecurityExamination | None:
    """Find the examination of a proposal, if it was made."""
    return SecurityExamination.objects.visible_to(viewer).filter(proposal_id=proposal_id).first()


def decision_for(viewer: Actor, proposal_id: UUID) -> Decision | None:
    """Find the decision on a proposal, if it was made."""
    return Decision.objects.visible_to(viewer).filter(proposal_id=proposal_id).first()


def reviewers_to_assign(proposal: Proposal, *, on: date) -> QuerySet[Person]:
    """List reviewers of the call's agency on the day who do not judge the proposal already."""
    appointed = Appointment.objects.filter(
        Q(scope_id=None) | Q(scope_id=proposal.call.concept_id),
        role=REVIEWER,
        organisation_id=proposal.call.agency_id,
    ).on(on)
    judging = Assignment.objects.filter(proposal=proposal, conflict="")
    return (
        Person.objects.filter(pk__in=appointed.values("person_id"))
        .exclude(pk__in=judging.values("person_id"))
        .order_by("family_name_kana", "family_name", "given_name", "pk")
    )


def is_merit_judged(proposal: Proposal) -> bool:
    """Tell whether anybody without a conflict has submitted an assessment (V4)."""
    return Assessment.objects.filter(
        assignment__proposal=proposal, assignment__conflict="", submitted_at__isnull=False
    ).exists()


def require_undecided(proposal: Proposal) -> None:
    """Raise DoesNotExist once the decision is made: nothing is left to judge, and no form shows.

    The caller holds the proposal's lock, under which the decision is written too.
    """
    Proposal.objects.filter(decision=None).only("pk").get(pk=proposal.pk)

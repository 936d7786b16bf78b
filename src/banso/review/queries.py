"""Reading what is to be judged: a reviewer's queue, the agency's desk, and the letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from banso.calls.models import Call
from banso.people.actors import REVIEWER
from banso.people.models import Appointment, Person
from banso.proposals.models import Proposal, ProposalFile
from banso.review.models import (
    Assessment,
    Assignment,
    Decision,
    Letter,
    SecurityExamination,
)

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An assignment as its reviewer sees it before the content opens, and no more (V3)."""

    id: UUID
    title_ja: str
    title_en: str
    institution: str
    institution_en: str
    team: list[Person]
    call_ja: str
    call_en: str
    is_sample: bool
    assigned_at: datetime
    pledged_at: datetime | None
    declared_at: datetime | None
    submitted_at: datetime | None

    next_step: str

    @property
    def state(self) -> str:
        """Name the step that the reviewer takes next, or that they took the last."""
        return self.next_step if self.submitted_at is None else "submitted"


def tasks_for(viewer: Actor) -> list[Task]:
    """List the viewer's own assignments, what is still to do first."""
    tasks = [_task(assignment) for assignment in _own_assignments(viewer)]
    return sorted(tasks, key=lambda task: task.submitted_at is not None)


def assignments_to_do(viewer: Actor) -> QuerySet[Assignment]:
    """List the viewer's own assignments that wait for an assessment, the first asked first."""
    own = Assignment.objects.visible_to(viewer).filter(person_id=viewer.person_id)
    waiting = own.filter(assessment__submitted_at=None).select_related("proposal")
    return waiting.order_by("assigned_at", "pk")


def task_for(viewer: Actor, assignment_id: UUID) -> Task:
    """Find one of the viewer's own assignments."""
    return _task(_own_assignments(viewer).get(pk=assignment_id))


def content_for(viewer: Actor, assignment_id: UUID) -> Proposal | None:
    """Open the proposal of an assignment, or nothing before pledge and declaration (V3)."""
    opened = Assignment.objects.open_to(viewer).filter(pk=assignment_id)
    return (
        Proposal.objects.filter(assignments__in=opened)
        .prefetch_related("files", "team__person")
        .first()
    )


def file_for(viewer: Actor, assignment_id: UUID, part: str) -> ProposalFile:
    """Find a file of a proposal that is open to the viewer (V3)."""
    opened = Assignment.objects.open_to(viewer).filter(pk=assignment_id)
    return ProposalFile.objects.get(proposal__assignments__in=opened, part=part)


def assessment_for(viewer: Actor, assignment_id: UUID) -> Assessment | None:
    """Find the viewer's own assessment, if they wrote one."""
    own = Assessment.objects.visible_to(viewer).filter(assignment__person_id=viewer.person_id)
    return own.filter(assignment_id=assignment_id).first()


def is_decided(viewer: Actor, assignment_id: UUID) -> bool:
    """Tell whether the decision on the assignment's proposal has been made."""
    own = Assignment.objects.visible_to(viewer)
    return own.filter(pk=assignment_id, proposal__decision__isnull=False).exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCall:
    """A closed call with how much there is to judge that its reader may know of (V2)."""

    call: Call
    received: int
    decided: int


def calls_to_judge(viewer: Actor, *, at: datetime) -> list[JudgedCall]:
    """List closed calls that the viewer runs, counting all their proposals in one pass."""
    judged = Proposal.objects.to_judge(viewer, at=at).order_by().values_list("call_id")
    counted = {
        call_id: (received, decided)
        for call_id, received, decided in judged.annotate(Count("pk"), Count("decision"))
    }
    return [
        JudgedCall(call=call, received=received, decided=decided)
        for call in _closed_calls(viewer, at=at)
        for received, decided in [counted.get(call.pk, (0, 0))]
    ]


def calls_to_decide(viewer: Actor, *, at: datetime) -> QuerySet[Call]:
    """List closed calls in which a proposal is left to decide; conflicts bar (V2).

    Each call is asked for one such proposal and no more; an `Exists` would look at all of them.
    """
    judged = Proposal.objects.to_judge(viewer, at=at).order_by()
    undecided = judged.filter(call_id=OuterRef("pk"), decision=None).values("pk")[:1]
    return _closed_calls(viewer, at=at).alias(left=Subquery(undecided)).exclude(left=None)


def call_to_judge(viewer: Actor, slug: str, *, at: datetime) -> Call:
    """Find a closed call that the viewer runs."""
    return _closed_calls(viewer, at=at).get(slug=slug)


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
        .select_related("institution", "decision")
        .annotate(
            assigned=Coalesce(Subquery(counted.values("assigned")), 0),
            assessed=Coalesce(Subquery(counted.values("assessed")), 0),
        )
        .order_by("submitted_at", "pk")
    )


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

    Whoever asks holds the proposal's lock, under which the decision is written too.
    """
    Proposal.objects.filter(decision=None).only("pk").get(pk=proposal.pk)


def letters_for(viewer: Actor) -> QuerySet[Letter]:
    """List the letters that the viewer may read, the latest first."""
    return (
        Letter.objects.visible_to(viewer)
        .select_related("proposal__call__agency", "proposal__institution")
        .order_by("-sent_at", "pk")
    )


def letter_for(viewer: Actor, letter_id: UUID) -> Letter:
    """Find a letter."""
    return letters_for(viewer).get(pk=letter_id)


def _closed_calls(viewer: Actor, *, at: datetime) -> QuerySet[Call]:
    run = Q(agency_id__in=viewer.agencies) | Q(concept_id__in=viewer.directs)
    closed = Call.objects.visible_to(viewer).filter(announced_at__isnull=False, closes_at__lte=at)
    return closed.filter(run).order_by("-closes_at", "slug")


def _own_assignments(viewer: Actor) -> QuerySet[Assignment]:
    return (
        Assignment.objects.visible_to(viewer)
        .filter(person_id=viewer.person_id)
        .select_related("proposal__call", "proposal__institution", "assessment")
        .prefetch_related("proposal__team__person")
        .order_by("assigned_at", "pk")
    )


def _task(assignment: Assignment) -> Task:
    proposal, assessment = assignment.proposal, getattr(assignment, "assessment", None)
    return Task(
        id=assignment.pk,
        title_ja=proposal.title_ja,
        title_en=proposal.title_en,
        institution=proposal.institution.name_ja,
        institution_en=proposal.institution.name_en,
        team=[member.person for member in proposal.team.all()],
        call_ja=proposal.call.title_ja,
        call_en=proposal.call.title_en,
        is_sample=proposal.is_sample,
        assigned_at=assignment.assigned_at,
        pledged_at=assignment.pledged_at,
        declared_at=assignment.declared_at,
        next_step=assignment.next_step,
        submitted_at=assessment.submitted_at if assessment else None,
    )

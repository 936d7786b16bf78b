"""A reviewer's own assignments: the queue, one task, and what is open in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from banso.proposals.models import LONG_TEXTS, Proposal, ProposalFile
from banso.review.models import Assessment, Assignment
from banso.review.queries.naming import named_by

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor
    from banso.people.models import Person


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


def reviews_for(viewer: Actor) -> QuerySet[Assignment]:
    """List the viewer's own assignments with whether they are submitted, the first asked first."""
    own = Assignment.objects.visible_to(viewer).filter(person_id=viewer.person_id)
    return (
        own.annotate(is_submitted=Q(assessment__submitted_at__isnull=False))
        .select_related("proposal__call", "proposal__institution")
        .defer(*(f"proposal__{name}" for name in LONG_TEXTS))
        .order_by("is_submitted", "assigned_at", "pk")
    )


def reviews_matching(assignments: QuerySet[Assignment], words: str) -> QuerySet[Assignment]:
    """Keep assignments whose proposal or institution is named by every word."""
    for word in words.split():
        assignments = assignments.filter(named_by(word, "proposal__"))
    return assignments


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

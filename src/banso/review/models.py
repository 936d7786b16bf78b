"""Who judges a proposal, under which pledge, with what outcome."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from banso.people.models import Person
from banso.proposals.models import Proposal, TeamMember, run_by, without_conflict

if TYPE_CHECKING:
    from banso.people.actors import Actor

PROPOSAL: Final = "proposal__"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Queries over assignments."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep the viewer's own and those of calls that they run, none with a conflict."""
        own = Q(person_id=viewer.person_id)
        return self.filter(
            (own | run_by(viewer, path=PROPOSAL)) & without_conflict(viewer, path=PROPOSAL)
        )

    def open_to(self, viewer: Actor) -> Self:
        """Keep assignments whose proposal the viewer may read: pledged and declared (V3)."""
        return self.visible_to(viewer).filter(
            person_id=viewer.person_id,
            pledged_at__isnull=False,
            declared_at__isnull=False,
            conflict="",
        )


class Assignment(models.Model):
    """A reviewer is asked to judge a proposal; its content opens after pledge and declaration."""

    class Conflict(models.TextChoices):
        """Kinds of conflict of interest (V1)."""

        KIN = "kin", _("Kin")
        SAME_LABORATORY = "same-laboratory", _("Same laboratory")
        SAME_DEPARTMENT = "same-department", _("Same department")
        SAME_COMPANY = "same-company", _("Same company")
        CO_RESEARCHER = "co-researcher", _("Co-researcher")
        JOINT_AUTHOR = "joint-author", _("Joint author")
        COMPETITOR = "competitor", _("Direct competitor")
        OTHER = "other", _("Other")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    assigned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    pledged_at = models.DateTimeField(null=True, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    conflict = models.CharField(max_length=20, choices=Conflict, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person"], name="one_assignment_per_reviewer"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def next_step(self) -> str:
        """Name what the reviewer does next, until the assessment is submitted (V3)."""
        if self.pledged_at is None:
            return "to-pledge"
        return "to-declare" if self.declared_at is None else "to-assess"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Queries over assessments."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep the viewer's own, and submitted ones of calls that they run."""
        own = Q(assignment__person_id=viewer.person_id)
        path = f"assignment__{PROPOSAL}"
        run = run_by(viewer, path=path) & Q(submitted_at__isnull=False)
        clear = without_conflict(viewer, path=path)
        return self.filter((own | run) & clear)


class Assessment(models.Model):
    """One reviewer's judgement on merit, by the call's criteria (V4, V5)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.OneToOneField(
        Assignment, on_delete=models.PROTECT, related_name="assessment"
    )
    feasibility = models.PositiveSmallIntegerField(help_text="研究成果活用の実現可能性, 1 to 5.")
    soundness = models.PositiveSmallIntegerField(help_text="実施内容の妥当性, 1 to 5.")
    comment = models.TextField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(feasibility__range=(1, 5)) & Q(soundness__range=(1, 5)),
                name="assessment_scores_from_1_to_5",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ExaminationQuerySet(models.QuerySet["SecurityExamination"]):
    """Queries over examinations of security and leak measures."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep those of calls that the viewer runs."""
        return self.filter(run_by(viewer, path=PROPOSAL) & without_conflict(viewer, path=PROPOSAL))


class SecurityExamination(models.Model):
    """What is asked of a team about to be adopted, for security and against leaks (V4)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="examination")
    measures = models.TextField(help_text="What is asked of the team; empty when nothing is.")
    examined_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    examined_at = models.DateTimeField()

    objects = ExaminationQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Queries over decisions."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep those of calls that the viewer runs; the team reads its letter."""
        return self.filter(run_by(viewer, path=PROPOSAL) & without_conflict(viewer, path=PROPOSAL))


class Decision(models.Model):
    """The funding agency's decision on a proposal, on the panel's recommendation (V6)."""

    class Outcome(models.TextChoices):
        """What was decided."""

        ADOPT = "adopt", _("Adopted")
        RESERVE = "reserve", _("Reserve")
        NOT_ADOPT = "not-adopt", _("Not adopted")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="decision")
    recommendation = models.CharField(max_length=10, choices=Outcome)
    outcome = models.CharField(max_length=10, choices=Outcome)
    departure_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class LetterQuerySet(models.QuerySet["Letter"]):
    """Queries over letters."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep letters to the viewer's teams and institutions, and of calls that they run."""
        own = TeamMember.objects.filter(person_id=viewer.person_id).values("proposal")
        team = Q(proposal_id__in=own)
        institution = Q(proposal__institution_id__in=viewer.institutions)
        run = run_by(viewer, path=PROPOSAL) & without_conflict(viewer, path=PROPOSAL)
        return self.filter(team | institution | run)


class Letter(models.Model):
    """What the proposer is told: the outcome with its reasons, whoever they are (K8)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="letter")
    outcome = models.CharField(max_length=10, choices=Decision.Outcome)
    reasons = models.TextField()
    measures = models.TextField(blank=True)
    sent_at = models.DateTimeField()

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-sent_at", "id"], name="letters_latest")]

    def __str__(self) -> str:
        return str(self.pk)

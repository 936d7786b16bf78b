"""Adopted projects: who is in them, what they plan, how a team changes."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from banso.catalogue.models import Concept
from banso.people.models import DatedQuerySet, Organisation, Person
from banso.proposals.models import Proposal
from banso.rulebook.projects import DIED

if TYPE_CHECKING:
    from banso.people.actors import Actor

Inside = TypeVar("Inside", bound=models.Model)


class Project(models.Model):
    """An R&D project that an agency funds; its title, summary and bodies are public."""

    is_public = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40, unique=True)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="project")
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="projects")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="projects"
    )
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="led_projects")
    title_ja = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    summary_ja = models.TextField()
    summary_en = models.TextField(blank=True)
    amount_yen = models.BigIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    is_sample = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["-starts_on", "code"], name="projects_by_first_day"),
            models.Index(fields=["amount_yen", "id"], name="projects_by_amount"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="project_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.code


def answers_for(viewer: Actor, *, path: str = "project__") -> Q:
    """Rows of projects for which the viewer answers: their body's officers, and who runs them."""
    return (
        Q((f"{path}institution_id__in", viewer.institutions))
        | Q((f"{path}agency_id__in", viewer.agencies))
        | Q((f"{path}concept_id__in", viewer.directs))
    )


def in_team(viewer: Actor, *, path: str = "project__") -> Q:
    """Rows of projects in whose team the viewer has a place on the actor's day.

    Every reading by somebody's place in a team asks this and nothing else.
    """
    places = ProjectMember.objects.on(viewer.on).filter(person_id=viewer.person_id)
    return Q((f"{path}pk__in", places.values("project")))


def led_by(viewer: Actor, *, path: str = "project__") -> Q:
    """Rows of projects that the viewer leads, with a place in the team on the actor's day."""
    return Q((f"{path}lead_id", viewer.person_id)) & in_team(viewer, path=path)


def inside(viewer: Actor, *, path: str = "project__") -> Q:
    """Rows of projects in whose team the viewer is today, or for which they answer."""
    return in_team(viewer, path=path) | answers_for(viewer, path=path)


class InsideQuerySet(models.QuerySet[Inside]):
    """Queries over what only those inside a project read."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep what belongs to projects that the viewer is in, answers for or runs."""
        readable = Project.objects.filter(inside(viewer, path="")).values("pk")
        return self.filter(project_id__in=readable)


class ProjectMemberQuerySet(  # type: ignore[override] # the plugin types as_manager by class
    InsideQuerySet["ProjectMember"], DatedQuerySet["ProjectMember"]
):
    """Queries over places in a team; `on` keeps who is in it on a day."""


class PlanEditionQuerySet(InsideQuerySet["PlanEdition"]):
    """Queries over plans."""


class ViewpointQuerySet(InsideQuerySet["Viewpoint"]):
    """Queries over agreed items with their answers."""


class ProjectMember(models.Model):
    """A person's place in a project's team, from a day up to another."""

    class Role(models.TextChoices):
        """What a person is in the team."""

        LEAD = "lead", _("Principal investigator")
        MEMBER = "member", _("Co-investigator")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="team")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="project_roles")
    role = models.CharField(max_length=10, choices=Role)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = ProjectMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "person"],
                condition=Q(until_on=None),
                name="one_place_in_a_project_team",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="place_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.project_id}"


class PlanEdition(models.Model):
    """The plan that team and agency agreed; only they change it, and no council (C6)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    budget_yen = models.BigIntegerField()
    agreed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()

    objects = PlanEditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_plan_per_number")
        ]

    def __str__(self) -> str:
        return f"plan {self.number} of {self.project_id}"


class TeamChangeQuerySet(models.QuerySet["TeamChange"]):
    """Queries over requests to change a team."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep those about the viewer, their own, and what was passed on to lead and bodies.

        Nobody else learns of a request before the person concerned has passed it on, nor of one
        that they ended (C5); only a death is known at once.
        """
        concerned = Q(member__person_id=viewer.person_id)
        own = Q(requested_by_id=viewer.person_id)
        passed_on = Q(ended_at=None) & (Q(seen_at__isnull=False) | Q(ground=DIED))
        told = led_by(viewer) | answers_for(viewer)
        return self.filter(concerned | own | (passed_on & told))


class TeamChange(models.Model):
    """A request that a person leave a team, on a listed ground, seen by that person first (G2).

    One that the person ended stays on record for them alone: to whoever asked it looks like one
    that has not been seen (C5).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="team_changes")
    member = models.ForeignKey(ProjectMember, on_delete=models.PROTECT, related_name="changes")
    ground = models.CharField(max_length=40)
    explanation = models.TextField()
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = TeamChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(seen_at__isnull=False) | Q(ground=DIED),
                name="team_change_seen_before_applied",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(seen_at=None, applied_at=None),
                name="team_change_ended_or_passed_on",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Viewpoint(models.Model):
    """An agreed item and what the project did about it, without any person; by `councils` (C7)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="viewpoints")
    agreed_item_id = models.UUIDField()
    text = models.TextField()
    answer = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    counts_in_evaluation = models.BooleanField()

    objects = ViewpointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "agreed_item_id"], name="one_viewpoint_per_agreed_item"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

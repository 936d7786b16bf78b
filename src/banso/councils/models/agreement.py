"""What a council agreed, and what the projects answered."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from banso.councils.models.council import Council
from banso.councils.models.meetings import AgendaItem
from banso.councils.models.membership import sits_with
from banso.people.models import Person
from banso.projects.models import Project, inside

if TYPE_CHECKING:
    from banso.people.actors import Actor


class AgreedItemQuerySet(models.QuerySet["AgreedItem"]):
    """Queries over agreed items."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep those of the viewer's rooms, projects, bodies, agencies and ministries (C7)."""
        projects = Project.objects.filter(inside(viewer, path="")).values("pk")
        names = AgreedItem.projects.through.objects
        named = names.filter(agreeditem=OuterRef("pk"), project__in=projects)
        ministry = Q(council__organiser_id__in=viewer.ministries)
        return self.filter(Exists(named) | ministry | Q(sits_with(viewer, "council_id")))


class AgreedItem(models.Model):
    """What a council agreed, for the projects that it names; it carries no label (C7, S6)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="agreed_items")
    agenda_item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="agreed_items"
    )
    projects = models.ManyToManyField(Project, related_name="agreed_items")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    research_side_took_part = models.BooleanField()
    agreed_at = models.DateTimeField()

    objects = AgreedItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "number"], name="one_agreed_item_per_number"
            )
        ]
        indexes = [
            models.Index(fields=["-agreed_at", "-number", "id"], name="agreed_items_latest")
        ]

    def __str__(self) -> str:
        return f"agreed item {self.number} of {self.council_id}"


class Response(models.Model):
    """A project's answer to an agreed item, with its reason and later its evidence (C7)."""

    is_read_with = "agreed_item"

    class Answer(models.TextChoices):
        """What the research side does about an agreed item."""

        ADOPT = "adopt", _("Adopt")
        ADOPT_IN_PART = "adopt-in-part", _("Adopt in part")
        NOT_ADOPT = "not-adopt", _("Do not adopt")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreed_item = models.ForeignKey(AgreedItem, on_delete=models.PROTECT, related_name="responses")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="responses")
    answer = models.CharField(max_length=15, choices=Answer)
    reason = models.TextField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    evidence = models.TextField(blank=True)
    evidence_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreed_item", "project"], name="one_answer_per_project"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

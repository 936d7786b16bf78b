"""Results are open: planned, then published, and nothing in between."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from banso.councils.models import Membership
from banso.people.models import Person
from banso.projects.models import Project, in_team, inside

if TYPE_CHECKING:
    from banso.people.actors import Actor


def _own(viewer: Actor) -> Q:
    """Pick results of which the viewer is an author, or in the project's team today."""
    of_the_team = Result.objects.filter(in_team(viewer)).order_by().values("pk")
    authored = Result.authors.through.objects.filter(person_id=viewer.person_id)
    return Q(pk__in=of_the_team.union(authored.values("result_id")))


def _sits_on_the_concept(viewer: Actor) -> Exists:
    """Ask whether the viewer is a member today of a council of the result's concept."""
    return Exists(
        Membership.objects.in_office().filter(
            council__concept_id=OuterRef("project__concept_id"), person_id=viewer.person_id
        )
    )


class ResultQuerySet(models.QuerySet["Result"]):
    """Queries over results."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep what is published, what is planned in the viewer's projects, what a team presents.

        A team presents to the council of its concept: to those who are members today.
        """
        presented = Q(is_presented_to_council=True) & Q(_sits_on_the_concept(viewer))
        return self.filter(
            Q(published_at__isnull=False) | _own(viewer) | inside(viewer) | presented
        )

    def of_own_projects(self, viewer: Actor) -> Self:
        """Keep what is planned or published where the viewer is an author or in the team."""
        return self.filter(_own(viewer))

    def presented_to(self, viewer: Actor) -> Self:
        """Keep planned results that teams present to councils in which the viewer sits today."""
        return self.filter(
            _sits_on_the_concept(viewer), is_presented_to_council=True, published_at=None
        )

    def published(self) -> Self:
        """Keep what anyone can read."""
        return self.filter(published_at__isnull=False)


class Result(models.Model):
    """A paper, a data set, a patent: planned, then published, and nothing in between (R1, R2)."""

    class Kind(models.TextChoices):
        """What a result is."""

        PAPER = "paper", _("Paper")
        DATA = "data", _("Data set")
        SOFTWARE = "software", _("Software")
        PATENT = "patent", _("Patent")
        STANDARD = "standard", _("Standard")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="results")
    kind = models.CharField(max_length=10, choices=Kind)
    title_ja = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    doi = models.CharField(max_length=200, blank=True)
    authors = models.ManyToManyField(Person, related_name="results")
    is_presented_to_council = models.BooleanField(
        default=False, help_text="The team lets the members of its concept's council see the plan."
    )
    planned_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    objects = ResultQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-published_at", "id"], name="results_by_publication")]

    def __str__(self) -> str:
        return str(self.pk)

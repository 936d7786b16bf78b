"""Calls for proposals, and the editions of their guidelines."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from banso.catalogue.models import Concept
from banso.people.models import Organisation

if TYPE_CHECKING:
    from banso.people.actors import Actor

NEVER: Final = datetime.max.replace(tzinfo=UTC)


class CallQuerySet(models.QuerySet["Call"]):
    """Queries over calls."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep announced calls, and the drafts of the viewer's own agency."""
        return self.filter(Q(announced_at__isnull=False) | Q(agency_id__in=viewer.agencies))


class Call(models.Model):
    """A funding agency asks for proposals on a concept: a year, a round, a type, slots (K9)."""

    class Type(models.TextChoices):
        """How the call wants the R&D organised."""

        PROJECT = "project", _("Project type")
        INDIVIDUAL = "individual-research", _("Individual research type")

    class State(models.TextChoices):
        """Where a call stands at an instant."""

        DRAFT = "draft", _("Draft")
        ANNOUNCED = "announced", _("Announced")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        DECIDED = "decided", _("Decided")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="calls")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="calls")
    fiscal_year = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    type = models.CharField(max_length=20, choices=Type)
    slots = models.PositiveSmallIntegerField()
    title_ja = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    summary_ja = models.TextField()
    summary_en = models.TextField(blank=True)
    ceiling_yen = models.BigIntegerField(null=True, blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "fiscal_year", "round"], name="one_call_per_year_and_round"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(announced_at__isnull=False),
                name="call_opens_once_announced",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def receives_from(self) -> datetime:
        """The instant from which it receives: never, until its agency has opened it (G1, K1)."""
        return NEVER if self.opened_at is None else self.opens_at

    def state_at(self, at: datetime) -> State:
        """Tell where the call stands: opening needs the agency's act and the instant."""
        if self.announced_at is None:
            return self.State.DRAFT
        if self.decided_at is not None:
            return self.State.DECIDED
        if at >= self.closes_at:
            return self.State.CLOSED
        if at < self.receives_from:
            return self.State.ANNOUNCED
        return self.State.OPEN


class CallEdition(models.Model):
    """The guidelines as published on an instant; every edition is kept (E1)."""

    is_public = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    text_ja = models.TextField()
    text_en = models.TextField(blank=True)
    changes_ja = models.TextField(blank=True)
    changes_en = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="one_call_edition_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.call_id} edition {self.number}"

"""What a public record is, and what the program says of itself."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from banso.people.models import Organisation


class PublicRecord(models.Model):
    """A record that everybody may read; one that its source dropped is kept as withdrawn."""

    is_public: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField(default=0, help_text="Its place in the source.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class ProgramText(models.Model):
    """What the program says of itself: one row."""

    is_public: ClassVar[bool] = True
    ONLY: ClassVar[int] = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    short = models.CharField(max_length=40)
    name_ja = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    purpose_ja = models.TextField()
    purpose_en = models.TextField(blank=True)
    how_ja = models.TextField()
    how_en = models.TextField(blank=True)
    fund_ja = models.TextField(blank=True)
    fund_en = models.TextField(blank=True)
    page = models.URLField(max_length=500)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_program_text")]

    def __str__(self) -> str:
        return self.name_ja


class ProgramBody(PublicRecord):
    """An organisation's part in the program: it runs it, or it funds and calls."""

    class Part(models.TextChoices):
        """What the organisation does for the program."""

        RUNS = "runs", _("Runs the program")
        FUNDS = "funds", _("Funds the R&D and calls for proposals")

    part = models.CharField(max_length=10, choices=Part)
    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="program_body"
    )
    calls_page = models.URLField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.part} {self.organisation_id}"

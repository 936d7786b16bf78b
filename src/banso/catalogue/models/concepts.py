"""Visions, and the R&D concepts that follow from them, in dated editions."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext

from banso.catalogue.models.choices import CallType, Domain, Maturity
from banso.catalogue.models.program import PublicRecord
from banso.people.models import Organisation


class Vision(PublicRecord):
    """An R&D vision: which technologies the state wants, as decided by the two councils."""

    number = models.PositiveSmallIntegerField(unique=True)
    title_ja = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_in = models.CharField(max_length=7, blank=True, help_text="Year and month, 2022-09.")
    decided_by_ja = models.CharField(max_length=300, blank=True)
    how_ja = models.CharField(max_length=300, blank=True)
    source = models.URLField(max_length=500)

    def __str__(self) -> str:
        return self.title_ja

    @property
    def name(self) -> str:
        """The vision by its number."""
        return gettext("Vision %(number)s") % {"number": self.number}

    @property
    def decided_month(self) -> str:
        """The month of the decision in the reader's form, where its day is not known."""
        if not self.decided_in:
            return ""
        return date_format(date.fromisoformat(f"{self.decided_in}-01"), "YEAR_MONTH_FORMAT")


class VisionFile(models.Model):
    """A file of a vision, by title, format and size; the file itself is at its source."""

    is_public: ClassVar[bool] = True

    vision = models.ForeignKey(Vision, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    title_ja = models.CharField(max_length=300)
    format = models.CharField(max_length=300, blank=True)
    kb = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title_ja


class Concept(models.Model):
    """An R&D concept: one supported technology under one funding agency, in dated editions.

    `title` is the newest edition's, without the mark of a revision. Maturity and foreseen
    concern are the two facts of rule R6; empty and null mean that nobody has stated them.
    """

    is_public: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    vision = models.ForeignKey(Vision, on_delete=models.PROTECT, related_name="concepts")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="concepts")
    domain = models.CharField(max_length=20, choices=Domain, blank=True)
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    maturity = models.CharField(max_length=10, choices=Maturity, blank=True)
    has_foreseen_concern = models.BooleanField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class ConceptEdition(models.Model):
    """A row of the public concept table: one dated edition of one concept."""

    is_public: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    row_id = models.CharField(max_length=40, unique=True)
    title_as_printed = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    created_on = models.DateField(null=True, blank=True)
    announced_on = models.DateField(null=True, blank=True)
    concept_pdf_kb = models.PositiveIntegerField(null=True, blank=True)
    overview_pdf_kb = models.PositiveIntegerField(null=True, blank=True)
    call_type = models.CharField(max_length=20, choices=CallType, blank=True)
    budget_as_printed = models.CharField(max_length=300, blank=True)
    call_source = models.URLField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    source = models.URLField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "number"], name="one_concept_edition_per_number"
            ),
            models.CheckConstraint(
                condition=Q(call_type="", budget_as_printed="") | ~Q(call_source=""),
                name="call_facts_have_their_source",
            ),
        ]

    def __str__(self) -> str:
        return self.row_id

    @property
    def name(self) -> str:
        """The edition by its number and its row."""
        return gettext("Edition %(number)s (%(row)s)") % {
            "number": self.number,
            "row": self.row_id,
        }

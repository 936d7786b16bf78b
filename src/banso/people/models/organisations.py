"""Bodies that take part in the program."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """A body that takes part in the program; its name is public."""

    class Kind(models.TextChoices):
        """What an organisation is to the program."""

        MINISTRY = "ministry", _("Ministry or agency")
        FUNDING_AGENCY = "funding-agency", _("Funding agency")
        INSTITUTION = "institution", _("Research institution")
        COMPANY = "company", _("Company")
        OTHER = "other", _("Other")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    short_name = models.CharField(max_length=40, blank=True)
    name_ja = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name_ja"], name="one_organisation_per_name")
        ]

    def __str__(self) -> str:
        return self.name_ja

"""Tables that somebody uploaded and has not applied yet."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from banso.people.models.persons import Person

if TYPE_CHECKING:
    from banso.people.actors import Actor


class UploadedTableQuerySet(models.QuerySet["UploadedTable"]):
    """Queries over uploaded tables."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep one's own: what somebody has not applied is nobody else's."""
        return self.filter(uploaded_by_id=viewer.person_id)

    def waiting(self) -> Self:
        """Keep those that can still be applied."""
        return self.filter(closed_at=None)


class UploadedTable(models.Model):
    """Rows as a file has them, until they are applied or dropped; then the rows go."""

    class Kind(models.TextChoices):
        """Of what the rows are."""

        PERSONS = "persons", _("Persons")
        BODIES = "bodies", _("Bodies")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20, blank=True)
    rows = models.JSONField(help_text="For each row its number in the file and its cells.")
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    is_applied = models.BooleanField(default=False)

    objects = UploadedTableQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)

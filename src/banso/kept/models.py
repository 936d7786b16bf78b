"""Kept text: what one person typed into one opening of one form."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from banso.ledger.record import Acting


class KeptTextQuerySet(models.QuerySet["KeptText"]):
    """Queries over kept text."""

    def visible_to(self, viewer: Acting) -> Self:
        """Keep what the viewer typed; nobody else reads it, whatever they run."""
        return self.filter(person_id=viewer.person_id, ended_at=None)


class KeptText(models.Model):
    """The fields of one form as somebody left them; each opening of a page keeps its own.

    What was sent or thrown away stays for a day without its text, so that a keeping which was
    still on its way does not bring it back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField()
    form = models.CharField(max_length=100)
    subject = models.CharField(max_length=100, blank=True)
    about = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=500)
    fields = models.JSONField(default=dict)
    opened_on = models.CharField(
        max_length=64, help_text="SHA-256 of the saved record that the page was opened with."
    )
    revision = models.PositiveIntegerField(default=1)
    kept_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = KeptTextQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "form", "subject"], name="kept_texts_of_a_person"),
            models.Index(fields=["kept_at"], name="kept_texts_by_age"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

"""What the ledger keeps: entries, their details, and the requests that made them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from uuid import UUID


class EntryQuerySet(models.QuerySet["Entry"]):
    """Queries over entries."""

    def of_person(self, person_id: UUID) -> Self:
        """Keep what the person did; nobody else opens an entry yet (C5)."""
        return self.filter(actor_id=person_id)


class Entry(models.Model):
    """One act of one person; the web role can add entries and never change them."""

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    actor_id = models.UUIDField(db_index=True)
    act = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=100)
    clause = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()
    is_sealed = models.BooleanField(
        help_text="Opened only to its person: membership, replies, consultations, answers (C5)."
    )
    commitment = models.BinaryField(max_length=32)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="ledger_by_subject")]

    def __str__(self) -> str:
        return f"{self.act} {self.id}"


class Detail(models.Model):
    """The text that an entry's commitment binds; erasable, while the entry stays."""

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.DO_NOTHING, related_name="detail"
    )
    salt = models.BinaryField(max_length=32)
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.entry_id)


class Request(models.Model):
    """A request that a person made once, so that a repetition gives the first result."""

    person_id = models.UUIDField()
    key = models.UUIDField()
    act = models.CharField(max_length=100)
    digest = models.BinaryField(max_length=32)
    entry = models.ForeignKey(Entry, on_delete=models.DO_NOTHING, related_name="+")
    result_type = models.CharField(max_length=100, blank=True)
    result_id = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "key"], name="one_request_per_key"),
            models.CheckConstraint(
                condition=Q(result_type="") | ~Q(result_id=""), name="a_result_has_its_id"
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

"""The receipts that a proposal was given."""

from __future__ import annotations

import uuid

from django.db import models

from banso.people.models import Person


class Receipt(models.Model):
    """Proof that a proposal was received: number, instant, and the hash of each file (K2)."""

    is_read_with = "proposal"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=40, unique=True)
    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.PROTECT, related_name="receipts"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    version = models.CharField(max_length=64)
    files = models.JSONField(help_text="Part, name, size and SHA-256 of each file.")
    entry_id = models.UUIDField()
    commitment = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.number

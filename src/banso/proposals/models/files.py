"""The files of a proposal."""

from __future__ import annotations

import uuid

from django.db import models


class ProposalFile(models.Model):
    """A file of a proposal: which part it is, and what its bytes hash to."""

    is_read_with = "proposal"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="files"
    )
    part = models.CharField(max_length=30)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    attached_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "part"], name="one_file_per_part")
        ]

    def __str__(self) -> str:
        return f"{self.part} of {self.proposal_id}"

"""The files of a proposal."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProposalFile(models.Model):
    """A file of a proposal: which part it is, and what its bytes hash to."""

    is_read_with = "proposal"

    class State(models.TextChoices):
        """How far a file is on its way to a submission."""

        CHECKING = "checking", _("Being checked")
        TAKEN = "taken", _("Taken")
        TROUBLE = "trouble", _("Has a problem")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="files"
    )
    part = models.CharField(max_length=30)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    attached_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    faults = models.JSONField(default=list, help_text="What stands against it, as codes.")
    scanned_with = models.CharField(
        max_length=200, blank=True, help_text="The scanner and the day of its data."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "part"], name="one_file_per_part")
        ]

    def __str__(self) -> str:
        return f"{self.part} of {self.proposal_id}"

    @property
    def state(self) -> State:
        """Tell whether the file was looked at, and what came of it."""
        if self.checked_at is None:
            return self.State.CHECKING
        return self.State.TROUBLE if self.faults else self.State.TAKEN

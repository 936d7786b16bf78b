"""The rules that a council gave itself, its meetings and their agendas."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from banso.councils.models.council import Council
from banso.councils.models.membership import sits_with

if TYPE_CHECKING:
    from banso.people.actors import Actor


class BylawsQuerySet(models.QuerySet["BylawsEdition"]):
    """Queries over editions of bylaws."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep those of rooms of which the viewer is a member today."""
        return self.filter(sits_with(viewer, "council_id"))


class BylawsEdition(models.Model):
    """The rules that a council gave itself, in editions (C9)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="bylaws")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    adopted_at = models.DateTimeField()
    withholding_end_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Longest term of a withholding (R7); empty where silent."
    )
    withholding_review_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Longest time to its review (R7); empty where silent."
    )
    withholding_answer_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Time to answer a request (R7); empty where silent."
    )

    objects = BylawsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="one_bylaws_per_number")
        ]

    def __str__(self) -> str:
        return f"bylaws {self.number} of {self.council_id}"


class CouncilMeetingQuerySet(models.QuerySet["CouncilMeeting"]):
    """Queries over meetings."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep those of rooms of which the viewer is a member today."""
        return self.filter(sits_with(viewer, "council_id"))


class CouncilMeeting(models.Model):
    """A meeting of a council; its date is public, what was said is not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    held_at = models.DateTimeField()
    minutes = models.TextField(blank=True)

    objects = CouncilMeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="one_meeting_per_number")
        ]

    def __str__(self) -> str:
        return f"meeting {self.number} of {self.council_id}"


class AgendaItem(models.Model):
    """One matter of a meeting, of a kind that the Act lists (C10)."""

    is_read_with = "meeting"

    class Kind(models.TextChoices):
        """What a council may take up."""

        INFORMATION = "information", _("Gathering and analysing information")
        PROMOTION = "promotion", _("Promoting the R&D")
        RESULTS = "results", _("Content and handling of results")
        INFORMATION_MANAGEMENT = "information-management", _("Information management")
        OTHER = "other", _("Other")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(CouncilMeeting, on_delete=models.PROTECT, related_name="agenda")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=25, choices=Kind)
    title = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="one_agenda_item_per_number"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=(
                        "information",
                        "promotion",
                        "results",
                        "information-management",
                        "other",
                    )
                ),
                name="agenda_item_of_a_kind_in_the_act",
            ),
        ]

    def __str__(self) -> str:
        return f"agenda item {self.number} of {self.meeting_id}"

"""Meetings of the program's bodies with their papers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext

from banso.catalogue.models.choices import Body
from banso.catalogue.models.program import PublicRecord


class Meeting(PublicRecord):
    """A meeting of one of the program's bodies."""

    slug = models.SlugField(max_length=60, unique=True)
    body = models.CharField(max_length=30, choices=Body)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    held_on = models.DateField()
    how_ja = models.CharField(max_length=300, blank=True)
    has_papers = models.BooleanField(null=True, blank=True, help_text="Null: not known.")
    summary_kb = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "number"], name="one_public_meeting_per_number"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The body, with the meeting's number where it has one."""
        body = self.get_body_display()
        if self.number is None:
            return body
        return gettext("%(body)s, no. %(number)s") % {"body": body, "number": self.number}


class MeetingPaper(models.Model):
    """A paper of a meeting whose title is known."""

    is_public: ClassVar[bool] = True

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers")
    position = models.PositiveIntegerField()
    title_ja = models.CharField(max_length=300)
    format = models.CharField(max_length=300, blank=True)
    kb = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title_ja

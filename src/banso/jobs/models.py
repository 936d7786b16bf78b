"""Jobs: what is to be done, by when, how often it was tried, and why it is not done yet."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from banso.people.actors import OPERATOR

if TYPE_CHECKING:
    from banso.people.actors import Actor


class JobQuerySet(models.QuerySet["Job"]):
    """Queries over jobs."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep what the viewer asked for; the operator looks after all of them."""
        if viewer.holds({OPERATOR}):
            return self
        return self.filter(asked_by_id=viewer.person_id)

    def unfinished(self) -> Self:
        """Keep what is still to be done."""
        return self.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])


class Job(models.Model):
    """One thing to do later. It names its subject by an id alone and keeps no other fact of it."""

    class State(models.TextChoices):
        """Where a job stands."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Given up")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=100)
    key = models.CharField(
        max_length=200,
        blank=True,
        help_text="What is done under one key is done once; empty for what comes by the clock.",
    )
    subject = models.CharField(max_length=100, blank=True)
    asked_by_id = models.UUIDField(null=True, blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(
        null=True, blank=True, help_text="When a worker last said that it is at it."
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    is_cancel_asked = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_job_a_key"),
            models.CheckConstraint(
                condition=Q(progress_done__lte=F("progress_total")), name="no_more_done_than_all"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="jobs_that_are_due",
                condition=Q(state__in=["waiting", "running"]),
            ),
            models.Index(fields=["asked_by_id"], name="jobs_by_who_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}".strip()

    @property
    def is_cancellable(self) -> bool:
        """Whether it can still be kept from being done; what comes by the clock cannot."""
        can_be = self.state in {self.State.WAITING, self.State.RUNNING}
        return can_be and bool(self.key) and not self.is_cancel_asked

    @property
    def is_repeatable(self) -> bool:
        """Whether it ended without being done."""
        return self.state in {self.State.FAILED, self.State.CANCELLED}

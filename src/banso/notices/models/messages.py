"""The outbox: every mail that is to leave, and what became of it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from banso.people.actors import Actor


class MessageQuerySet(models.QuerySet["Message"]):
    """Queries over mail."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep the mail of the viewer's own acts, of which they learn what became of it.

        Its text may hold a link that lets its reader in, so nobody reads it here; it is gone
        once the mail has left.
        """
        return self.filter(caused_by_id=viewer.person_id)


class Message(models.Model):
    """One mail to one address. Its text stays until it has left, or will not leave any more."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waiting to be sent")
        HANDED_OVER = "handed-over", _("Being handed over")
        SENT = "sent", _("Sent")
        IN_DOUBT = "in-doubt", _("Probably sent")
        REFUSED = "refused", _("Refused")
        BOUNCED = "bounced", _("Came back")
        GIVEN_UP = "given-up", _("Given up")
        WITHDRAWN = "withdrawn", _("Not sent: no longer theirs to read")

    # From these nothing follows any more, but that a mail which left may still come back.
    ENDED = (
        *(State.SENT, State.IN_DOUBT, State.REFUSED),
        *(State.BOUNCED, State.GIVEN_UP, State.WITHDRAWN),
    )
    NOT_REACHED = (State.REFUSED, State.BOUNCED, State.GIVEN_UP)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True, help_text="One mail leaves under a key.")
    recipient = models.CharField(max_length=320)
    sender = models.CharField(max_length=320)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    is_of_notices = models.BooleanField(
        default=False, help_text="Its words are made from its notices when it is sent."
    )
    headers = models.JSONField(default=dict, blank=True)
    caused_by_id = models.UUIDField(
        null=True, blank=True, help_text="Whose act it is about, if they learn what became of it."
    )
    act = models.CharField(max_length=100, blank=True)
    acted_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="mail_that_is_due",
                condition=Q(state__in=["waiting", "handed-over"]),
            ),
            models.Index(fields=["caused_by_id", "-acted_at"], name="mail_by_whose_act"),
            models.Index(fields=["queued_at"], name="mail_by_time"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

"""Notices: what was told to whom, and how each person wants to be told."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from banso.notices.models.messages import Message
from banso.people.models import Person
from banso.web.fronts.events import How

if TYPE_CHECKING:
    from banso.people.actors import Actor


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Queries over notices."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep the viewer's own; whether they may still read the thing is asked when shown."""
        return self.filter(person_id=viewer.person_id)


class Notice(models.Model):
    """One person is told of one thing. The words are made when it is shown or sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=300, unique=True, help_text="Told once under a key.")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    name = models.CharField(max_length=100, help_text="Of the event or of the deadline.")
    kind = models.CharField(max_length=50)
    stage = models.CharField(max_length=10, blank=True, help_text="Of a reminder: how near.")
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=100)
    at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=10, choices=[(one.value, one.value) for one in How])
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices"
    )
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="notices_of_a_person"),
            models.Index(
                fields=["person"], name="notices_not_seen", condition=Q(seen_at__isnull=True)
            ),
            models.Index(
                fields=["how", "person"],
                name="notices_to_gather",
                condition=Q(message__isnull=True, how__in=["daily", "weekly"]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class OwnQuerySet(models.QuerySet["Choice"]):
    """Queries over choices."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep the viewer's own."""
        return self.filter(person_id=viewer.person_id)


class OwnFeedQuerySet(models.QuerySet["Feed"]):
    """Queries over feeds."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep the viewer's own."""
        return self.filter(person_id=viewer.person_id)


class Choice(models.Model):
    """How a person wants to be told of a kind; without one, as the kind usually is."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=50)
    how = models.CharField(max_length=10, choices=[(one.value, one.value) for one in How])

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_choice_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.how}"


class Cursor(models.Model):
    """Up to which place of the ledger's tree everything has been told."""

    name = models.CharField(primary_key=True, max_length=20)
    next_index = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name} {self.next_index}"


class Feed(models.Model):
    """A person's calendar feed; ending or renewing it makes every earlier address useless."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    number = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OwnFeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.person_id} {self.number}"

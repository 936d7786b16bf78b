"""Protected information: offered on a card, accepted by a person, delivered on record."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from banso.councils.models import Council, Membership, sits_with
from banso.people.models import Person

if TYPE_CHECKING:
    from datetime import datetime

    from banso.people.actors import Actor


class ItemQuerySet(models.QuerySet["ProtectedItem"]):
    """Queries over protected items."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep cards that the viewer provided or was offered; the card holds no secret (S1)."""
        offered = Exists(Offer.objects.visible_to(viewer).filter(item_id=OuterRef("pk")))
        return self.filter(Q(provider_id=viewer.person_id) | Q(offered))


class ProtectedItem(models.Model):
    """Information that a member provides in confidence: its card, fixed before it is offered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="protected_items")
    provider = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="provided_items")
    title = models.CharField(max_length=200)
    card = models.TextField(help_text="What a recipient reads before answering; holds no secret.")
    origin = models.CharField(max_length=300)
    scope = models.CharField(max_length=300)
    silence_until = models.DateField(
        null=True, blank=True, help_text="First day without the duty; empty: until released."
    )
    offered_at = models.DateTimeField()
    answers_until = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answers_until__gt=F("offered_at")), name="offer_stands_for_a_while"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def is_open_at(self, at: datetime) -> bool:
        """Tell whether recipients can still answer: until the last instant or release (S2)."""
        return self.released_at is None and at < self.answers_until


class ItemVersionQuerySet(models.QuerySet["ItemVersion"]):
    """Queries over sealed contents."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep what the viewer may read now: provided, or accepted while still a member (S3)."""
        accepted = Exists(
            Offer.objects.filter(
                person_id=viewer.person_id, item_id=OuterRef("item_id")
            ).accepted()
        )
        own = Q(item__provider_id=viewer.person_id)
        return self.filter(own | (Q(accepted) & Q(sits_with(viewer, "item__council_id"))))


class ItemVersion(models.Model):
    """The content of an item, sealed with a key of its own that the council's key wraps."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(ProtectedItem, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    nonce = models.BinaryField(max_length=12)
    ciphertext = models.BinaryField()
    wrapped_key = models.BinaryField(max_length=80)
    sealed_at = models.DateTimeField()

    objects = ItemVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="one_item_version_per_number")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class OwnOfferQuerySet(models.QuerySet["Offer"]):
    """Queries over offers."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep the viewer's own; nobody else sees who was offered what (S2).

        Whoever left keeps the card of what reached them, and of nothing else (S4).
        """
        received = Delivery.objects.filter(
            version__item_id=OuterRef("item_id"), person_id__in=viewer.selves
        )
        sits = Q(sits_with(viewer, "item__council_id"))
        return self.filter(sits | Q(Exists(received)), person_id=viewer.person_id)

    def with_answer(self) -> Self:
        """Add what the person answered last, as `answer`, and when, as `answered_at`."""
        replies = Reply.objects.filter(offer_id=OuterRef("pk")).order_by("-at", "-pk")
        return self.annotate(
            answer=Subquery(replies.values("answer")[:1]),
            answered_at=Subquery(replies.values("at")[:1]),
        )

    def accepted(self) -> Self:
        """Keep those whose person's last answer is that they accept."""
        return self.with_answer().filter(answer=Reply.Answer.ACCEPT)


class Offer(models.Model):
    """An item is offered to one person, who may accept or decline it (S2)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(ProtectedItem, on_delete=models.PROTECT, related_name="offers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offers")
    offered_at = models.DateTimeField()

    objects = OwnOfferQuerySet.as_manager()

    # Filled by `with_answer`, for lists.
    answer: str | None
    answered_at: datetime | None

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="one_offer_per_person")
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def latest_reply(self) -> Reply | None:
        """Find what the person answered last; silence is no answer."""
        return self.replies.order_by("-at", "-pk").first()

    def is_open_at(self, at: datetime) -> bool:
        """Tell whether the person can still answer: the item is offered, and they sit today."""
        seats = Membership.objects.in_office().filter(person_id=self.person_id)
        return self.item.is_open_at(at) and seats.filter(council=self.item.council_id).exists()


class OwnReplyQuerySet(models.QuerySet["Reply"]):
    """Queries over replies."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep the viewer's own."""
        return self.filter(offer__person_id=viewer.person_id)


class Reply(models.Model):
    """What a person answered to an offer; every change of mind is kept."""

    class Answer(models.TextChoices):
        """The two answers; silence is neither."""

        ACCEPT = "accept", _("Accept")
        DECLINE = "decline", _("Decline")

    id = models.BigAutoField(primary_key=True)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="replies")
    answer = models.CharField(max_length=10, choices=Answer)
    at = models.DateTimeField()

    objects = OwnReplyQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class OwnDeliveryQuerySet(models.QuerySet["Delivery"]):
    """Queries over deliveries: the register of received information."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep the viewer's own; leaving removes nothing from it (S4)."""
        return self.filter(person_id__in=viewer.selves)


class Delivery(models.Model):
    """Content reached a person; the row is committed before the first byte (S3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=40, unique=True)
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="deliveries")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deliveries")
    delivered_at = models.DateTimeField()

    objects = OwnDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person"], name="one_first_delivery_per_person"
            )
        ]

    def __str__(self) -> str:
        return self.number

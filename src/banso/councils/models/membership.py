"""Who was asked to join a council, who is a member, and what stays of it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from banso.people.models import Organisation, Person

if TYPE_CHECKING:
    from banso.people.actors import Actor


def sits_with(viewer: Actor, council: str) -> Exists:
    """Whether the viewer is a current member of the council that the path names."""
    return Exists(
        Membership.objects.in_office().filter(
            council_id=OuterRef(council), person_id=viewer.person_id
        )
    )


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Queries over memberships; never deleted, so that what was received stays provable."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep the current members of the viewer's rooms, and the viewer's own rows."""
        today = Q(accepted_at__isnull=False, left_at=None) & Q(sits_with(viewer, "council_id"))
        return self.filter(Q(person_id=viewer.person_id) | today)

    def own(self, viewer: Actor) -> Self:
        """Keep what the viewer was asked, answered and left."""
        return self.filter(person_id=viewer.person_id)

    def in_office(self) -> Self:
        """Keep the current members."""
        return self.filter(accepted_at__isnull=False, left_at=None)

    def waiting(self) -> Self:
        """Keep invitations that have no answer yet."""
        return self.filter(accepted_at=None, declined_at=None)

    def of_secretariat(self, viewer: Actor) -> Self:
        """Keep whom the viewer's ministry asked; its pages show joined or not, no more (C5)."""
        return self.filter(council__organiser_id__in=viewer.ministries)


class Membership(models.Model):
    """A person was asked to join; what they answered, and when they left, is theirs alone."""

    class Side(models.TextChoices):
        """The side of the exchange that a member belongs to."""

        RESEARCH = "research-side", _("Research side")
        NEEDS = "needs-side", _("Needs side")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(
        "councils.Council", on_delete=models.PROTECT, related_name="memberships"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=15, choices=Side)
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "person"],
                condition=Q(declined_at=None, left_at=None),
                name="one_standing_membership",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None),
                name="accepted_or_declined_not_both",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(accepted_at__isnull=False),
                name="only_a_member_leaves",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_invited_or_in_office(self) -> bool:
        """Whether the person was asked and has neither declined nor left."""
        return self.declined_at is None and self.left_at is None

    @property
    def is_in_office(self) -> bool:
        """Whether the person is a member today."""
        return self.accepted_at is not None and self.left_at is None

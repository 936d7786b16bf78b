"""A council: for which concept, who organises it, who represents the R&D."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from banso.catalogue.models import Concept
from banso.councils.models.membership import sits_with
from banso.people.models import Organisation, Person

if TYPE_CHECKING:
    from banso.people.actors import Actor


class CouncilQuerySet(models.QuerySet["Council"]):
    """Queries over councils."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep the rooms of which the viewer is a member today."""
        return self.filter(sits_with(viewer, "pk"))

    def organised_by(self, viewer: Actor) -> Self:
        """Keep councils whose secretariat the viewer serves: joined or not, nothing finer."""
        return self.filter(organiser_id__in=viewer.ministries)

    def represented_by(self, viewer: Actor) -> Self:
        """Keep councils whose organiser named the viewer the representative of the R&D (C2)."""
        return self.filter(representative_id=viewer.person_id)

    def known_to(self, viewer: Actor) -> Self:
        """Keep councils that the viewer sits in or organises; being asked is not enough."""
        organised = Q(organiser_id__in=viewer.ministries)
        return self.filter(organised | Q(sits_with(viewer, "pk")))

    def established(self) -> Self:
        """Keep councils whose existence is public."""
        return self.filter(established_at__isnull=False)


class Council(models.Model):
    """An exchange between the research side and the needs side about one concept (C1)."""

    class Kind(models.TextChoices):
        """The paragraph of the Act under which a council is organised."""

        DESIGNATED_FUND = "63-4", _("Council of a designated fund (Article 63(4))")
        REPRESENTATIVE = "62-1", _("Council with the representative's consent (Article 62(1))")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="councils")
    kind = models.CharField(max_length=4, choices=Kind)
    organiser = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Keeps the secretariat; for a fund's council the Prime Minister's side.",
    )
    fund_minister = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The ministry of the designated fund, for a council under Article 63(4).",
    )
    representative = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    representative_consented_at = models.DateTimeField(null=True, blank=True)
    consulted_at = models.DateTimeField(null=True, blank=True)
    prepared_at = models.DateTimeField()
    established_at = models.DateTimeField(null=True, blank=True)
    dissolved_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    objects = CouncilQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def has_representative_in_office(self) -> bool:
        """Whether somebody represents the R&D; under 62(1) naming is not enough (C1, C2)."""
        if self.representative_id is None:
            return False
        return (
            self.kind == self.Kind.DESIGNATED_FUND or self.representative_consented_at is not None
        )

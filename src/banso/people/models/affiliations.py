"""Who belongs to which body, and in which unit of it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from banso.people.actors import OPERATOR
from banso.people.models.organisations import Organisation
from banso.people.models.periods import DatedQuerySet
from banso.people.models.persons import Person

if TYPE_CHECKING:
    from banso.people.actors import Actor


class AffiliationQuerySet(DatedQuerySet["Affiliation"]):
    """Queries over who belongs where."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep those with the viewer's desks, and their own; the operator reads all."""
        if viewer.holds({OPERATOR}):
            return self.all()
        return self.filter(Q(organisation_id__in=viewer.desks) | Q(person_id=viewer.person_id))


class Affiliation(models.Model):
    """A person belongs to an organisation, in a unit, from a day up to another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="affiliations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="affiliations"
    )
    unit = models.CharField(max_length=200, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")),
                name="affiliation_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.organisation_id}"

"""How the registry's records changed: which act touched which record, and which became one."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from banso.ledger.models import Entry
from banso.people.actors import OPERATOR
from banso.people.models.organisations import Organisation
from banso.people.models.persons import Person

if TYPE_CHECKING:
    from banso.people.actors import Actor


class Change(models.Model):
    """An entry of the ledger touched a record; what changed is in the entry alone."""

    entry = models.ForeignKey(
        Entry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="changes")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="changes"
    )

    is_read_with = "person"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, organisation__isnull=False)
                | Q(person__isnull=False, organisation=None),
                name="change_of_one_record",
            )
        ]

    def __str__(self) -> str:
        return str(self.entry_id)


class MergingQuerySet(models.QuerySet["Merging"]):
    """Queries over records that are to become one."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep those whose records are both the viewer's to read; the operator reads all."""
        if viewer.holds({OPERATOR}):
            return self.all()
        if not viewer.desks:
            return self.none()
        readable = Person.objects.visible_to(viewer).values("pk")
        both = Q(kept_id__in=readable) & (Q(gone_id__in=readable) | Q(confirmed_at__isnull=False))
        of_bodies = Q(kept_body__isnull=False) if viewer.agencies else Q(pk__in=())
        return self.filter(both | of_bodies)

    def waiting(self) -> Self:
        """Keep those that nobody has confirmed or withdrawn."""
        return self.filter(confirmed_at=None, withdrawn_at=None)


class Merging(models.Model):
    """Two records of one person, or of one body, become one; the other points to it from then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    kept_body = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    gone_body = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    values = models.JSONField(help_text="What the record that stays says of itself afterwards.")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = MergingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kept__isnull=False, gone__isnull=False, kept_body=None, gone_body=None)
                | Q(kept=None, gone=None, kept_body__isnull=False, gone_body__isnull=False),
                name="merging_of_two_of_one_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kept=F("gone")) & ~Q(kept_body=F("gone_body")),
                name="nothing_merges_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="merging_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def both(self) -> tuple[Person | Organisation, Person | Organisation]:
        """The record that stays, and the one that goes."""
        kept, gone = self.kept or self.kept_body, self.gone or self.gone_body
        if kept is None or gone is None:
            raise ValueError(f"merging {self.pk} is of nothing")
        return kept, gone

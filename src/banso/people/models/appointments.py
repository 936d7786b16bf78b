"""Roles that persons hold, and from when to when."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from banso.people.actors import (
    AGENCY_OFFICER,
    AUDITOR,
    INSTITUTION_OFFICER,
    MINISTRY_OFFICER,
    OPERATOR,
    PROGRAM_DIRECTOR,
    PROGRAM_OFFICER,
    REVIEWER,
)
from banso.people.models.organisations import Organisation
from banso.people.models.periods import DatedQuerySet
from banso.people.models.persons import Person

if TYPE_CHECKING:
    from banso.people.actors import Actor


class AppointmentQuerySet(DatedQuerySet["Appointment"]):
    """Queries over roles that persons hold."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep those for the viewer's desks, and their own; the operator reads all."""
        if viewer.holds({OPERATOR}):
            return self.all()
        return self.filter(Q(organisation_id__in=viewer.desks) | Q(person_id=viewer.person_id))


class Appointment(models.Model):
    """A role that a person holds for an organisation, over a concept or over all."""

    class Role(models.TextChoices):
        """What a person is appointed to do."""

        AGENCY_OFFICER = AGENCY_OFFICER, _("Funding agency officer")
        PROGRAM_DIRECTOR = PROGRAM_DIRECTOR, _("Program director (PD)")
        PROGRAM_OFFICER = PROGRAM_OFFICER, _("Program officer (PO)")
        INSTITUTION_OFFICER = INSTITUTION_OFFICER, _("Institution officer")
        MINISTRY_OFFICER = MINISTRY_OFFICER, _("Ministry officer")
        REVIEWER = REVIEWER, _("Reviewer")
        AUDITOR = AUDITOR, _("Auditor")
        OPERATOR = OPERATOR, _("Operator")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=30, choices=Role)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    scope_id = models.UUIDField(null=True, blank=True, help_text="The concept that it is about.")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["scope_id", "role"], name="appointments_by_scope")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")),
                name="appointment_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id}"

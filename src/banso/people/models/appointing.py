"""Appointments that wait for a second person, and who stands in for whom."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from banso.people.actors import OPERATOR
from banso.people.models.appointments import Appointment
from banso.people.models.organisations import Organisation
from banso.people.models.periods import DatedQuerySet
from banso.people.models.persons import Person

if TYPE_CHECKING:
    from banso.people.actors import Actor


class ProposedAppointmentQuerySet(models.QuerySet["ProposedAppointment"]):
    """Queries over appointments that one person proposed."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep what the viewer's desks proposed or may confirm; the operator reads all."""
        if viewer.holds({OPERATOR}):
            return self.all()
        of_desks = Q(organisation_id__in=viewer.desks) | Q(proposed_for_id__in=viewer.desks)
        return self.filter(of_desks)

    def waiting(self) -> Self:
        """Keep those that nobody has confirmed or withdrawn."""
        return self.filter(closed_at=None)


class ProposedAppointment(models.Model):
    """An appointment that one person proposes and another confirms, since it gives power."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="proposed_appointments"
    )
    role = models.CharField(max_length=30, choices=Appointment.Role)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_for = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The body whose desk proposed it; none for the operator.",
    )
    proposed_at = models.DateTimeField()
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    appointment = models.OneToOneField(
        Appointment, on_delete=models.PROTECT, null=True, related_name="proposal"
    )

    objects = ProposedAppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_by=None) | ~Q(closed_by=F("proposed_by")) | Q(appointment=None),
                name="appointment_confirmed_by_another",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id}"


class DeputyQuerySet(DatedQuerySet["Deputy"]):
    """Queries over deputies."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep one's own, on either side, and those of the viewer's desks."""
        if viewer.holds({OPERATOR}):
            return self.all()
        own = Q(person_id=viewer.person_id) | Q(deputy_id=viewer.person_id)
        return self.filter(own | Q(organisation_id__in=viewer.desks))


class Deputy(models.Model):
    """A person acts in a body's office for another, under their own name, for a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputises")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = DeputyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")), name="deputy_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(person=F("deputy")), name="nobody_is_their_own_deputy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.person_id}"

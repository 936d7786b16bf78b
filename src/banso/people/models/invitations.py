"""Who was invited, and where people say that they belong."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from banso.people.actors import OPERATOR
from banso.people.models.appointments import Appointment
from banso.people.models.organisations import Organisation
from banso.people.models.persons import Person
from banso.rulebook.offices import TAKES_TWO
from banso.rulebook.people.entering import COUNCIL_MEMBER, RESEARCHER

if TYPE_CHECKING:
    from datetime import datetime

    from banso.people.actors import Actor

PURPOSES = [
    (RESEARCHER, _("Researcher")),
    (COUNCIL_MEMBER, _("Person asked to a council")),
    *Appointment.Role.choices,
]


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Queries over invitations."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep those of the bodies whose officers the viewer is one of; the operator's are all."""
        if viewer.holds({OPERATOR}):
            return self.all()
        bodies = viewer.agencies | viewer.ministries | viewer.institutions
        return self.filter(organisation_id__in=bodies)

    def under_link(self, invitation_id: object) -> Self:
        """Keep the one whose signed link somebody holds; its number says whether it works."""
        return self.filter(pk=invitation_id)


class Invitation(models.Model):
    """Somebody is invited by mail to be something for a body; the letter's link works once.

    The database holds no secret: the link is signed, with the number of the latest letter.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    purpose = models.CharField(max_length=30, choices=PURPOSES)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations"
    )
    scope_id = models.UUIDField(null=True, blank=True, help_text="The concept that it is about.")
    family_name = models.CharField(max_length=100, blank=True)
    given_name = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="ja")
    invited_by = models.UUIDField(help_text="The person, or the operator's console.")
    invited_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    letter = models.PositiveIntegerField(default=1, help_text="The number of the latest letter.")
    confirmed_by = models.UUIDField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    appointment = models.OneToOneField(
        Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="invitation"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-invited_at"], name="invitations_of_a_body")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="accepted_or_withdrawn_not_both",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def takes_two(self) -> bool:
        """Whether a second officer has to confirm before the office is given."""
        return self.purpose in TAKES_TWO

    @property
    def gives_office(self) -> bool:
        """Whether its person is appointed to a role, and not only known."""
        return self.purpose in Appointment.Role.values

    @property
    def awaits_confirmation(self) -> bool:
        """Whether a second officer has still to confirm."""
        return self.takes_two and self.confirmed_at is None and self.withdrawn_at is None

    def has_ended(self, at: datetime) -> bool:
        """Whether the latest link no longer works though nobody used or withdrew it."""
        return self.accepted_at is None and self.withdrawn_at is None and at >= self.ends_at


class AffiliationClaimQuerySet(models.QuerySet["AffiliationClaim"]):
    """Queries over affiliations that somebody has to confirm."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep one's own, and what waits for an officer: of the body, or of any agency.

        A body that is not known yet is for the officers of the agencies.
        """
        if viewer.holds({OPERATOR}):
            return self.all()
        kept = Q(person_id=viewer.person_id) | Q(organisation_id__in=viewer.institutions)
        if viewer.agencies:
            kept |= Q(organisation=None) | Q(was_proposed=True)
        return self.filter(kept)

    def waiting(self) -> Self:
        """Keep those that nobody has answered."""
        return self.filter(confirmed_at=None, refused_at=None)


class AffiliationClaim(models.Model):
    """A person says where they belong; it counts once an officer of that body has confirmed it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claims")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    was_proposed = models.BooleanField(default=False)
    body_name_ja = models.CharField(max_length=200, blank=True)
    body_name_en = models.CharField(max_length=200, blank=True)
    corporate_number = models.CharField(max_length=13, blank=True)
    unit = models.CharField(max_length=200, blank=True)
    claimed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)

    objects = AffiliationClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(refused_at=None),
                name="confirmed_or_refused_not_both",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(body_name_ja=""),
                name="claim_names_its_body",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

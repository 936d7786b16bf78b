"""What is kept of signing in: devices, what was tried, and how often lately."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from banso.people.models.accounts import Account
from banso.people.models.affiliations import Affiliation
from banso.people.models.appointments import Appointment
from banso.people.models.persons import Person

if TYPE_CHECKING:
    from banso.people.actors import Actor


OwnModel = TypeVar("OwnModel", bound=models.Model)


class OwnQuerySet(models.QuerySet[OwnModel]):
    """Queries over what belongs to one account."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep what is the viewer's own: nobody else reads when and where a person signed in."""
        return self.filter(account__person_id=viewer.person_id)


class Device(models.Model):
    """A browser from which an account has signed in; its signed cookie names this row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="devices")
    program = models.CharField(
        max_length=300, blank=True, help_text="What the browser calls itself."
    )
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OwnQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class SignIn(models.Model):
    """A sign-in, a refused one, or a change of how an account signs in, for its person."""

    class Outcome(models.TextChoices):
        """What happened."""

        SIGNED_IN = "signed-in", _("Signed in")
        WRONG_PASSWORD = "wrong-password", _("Refused: wrong password")
        TOO_MANY_TRIES = "too-many-tries", _("Refused: too many tries")
        WRONG_CODE = "wrong-code", _("Refused: wrong code or passkey")
        PASSWORD_SET = "password-set", _("Password set or changed")
        PASSWORD_RESET = "password-reset", _("Password set by a link from a mail")
        FACTOR_ADDED = "factor-added", _("Second factor added")
        FACTOR_REMOVED = "factor-removed", _("Second factor removed")
        CODES_MADE = "codes-made", _("Recovery codes made")
        CODE_USED = "code-used", _("Recovery code used")
        FACTORS_RESET = "factors-reset", _("Second factors reset by two officers")
        IDENTITY_LINKED = "identity-linked", _("Outside identity linked")
        IDENTITY_UNLINKED = "identity-unlinked", _("Outside identity unlinked")
        ADDRESS_ASKED = "address-asked", _("Another mail address asked for")
        ADDRESS_CHANGED = "address-changed", _("Mail address changed")
        ADDRESS_STOPPED = "address-stopped", _("Change of the mail address stopped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="sign_ins")
    outcome = models.CharField(max_length=20, choices=Outcome)
    at = models.DateTimeField()
    client = models.GenericIPAddressField(null=True, blank=True)
    program = models.CharField(max_length=300, blank=True)
    is_new_device = models.BooleanField(default=False)

    objects = OwnQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["account", "-at"], name="sign_ins_of_an_account")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.account_id}"


class Tries(models.Model):
    """How often something was tried since an instant, by a digest of what was tried."""

    key = models.CharField(primary_key=True, max_length=64)
    began_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.count} since {self.began_at}"


class FactorResetQuerySet(models.QuerySet["FactorReset"]):
    """Queries over resets of second factors."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep one's own, and those of the people of the bodies whose officer one is."""
        if viewer.is_operator:
            return self.all()
        own = Q(account__person_id=viewer.person_id)
        return self.filter(own | Q(account__person_id__in=people_of(viewer)))

    def waiting(self) -> Self:
        """Keep those that a second person has not answered."""
        return self.filter(confirmed_at=None, withdrawn_at=None)


class FactorReset(models.Model):
    """Somebody lost their second factors; one officer asks to reset them, another confirms."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="factor_resets")
    reason = models.CharField(max_length=500)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(confirmed_at=None, withdrawn_at=None),
                name="one_reset_waits_per_account",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")),
                name="reset_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class AddressChangeQuerySet(OwnQuerySet["AddressChange"]):
    """Queries over changes of an account's address."""

    def under_link(self, change_id: object) -> Self:
        """Keep the one whose signed link somebody holds; its state says whether it works."""
        return self.filter(pk=change_id)

    def waiting(self) -> Self:
        """Keep those that are neither confirmed nor stopped."""
        return self.filter(confirmed_at=None, stopped_at=None)


class AddressChange(models.Model):
    """The owner of an account asks for another mail address; a link sent there confirms it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="address_changes")
    from_address = models.EmailField()
    to_address = models.EmailField()
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="Until when the link to the new address works.")
    stoppable_until = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(confirmed_at=None, stopped_at=None),
                name="one_address_change_waits_per_account",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


def people_of(viewer: Actor) -> models.QuerySet[Person]:
    """Ask for the people of the bodies whose officer the viewer is."""
    bodies = viewer.agencies | viewer.ministries | viewer.institutions
    belong = Exists(
        Affiliation.objects.on(viewer.on).filter(
            person_id=OuterRef("pk"), organisation_id__in=bodies
        )
    )
    serve = Exists(
        Appointment.objects.on(viewer.on).filter(
            person_id=OuterRef("pk"), organisation_id__in=bodies
        )
    )
    return Person.objects.filter(belong | serve)

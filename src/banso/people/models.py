"""Persons and organisations, how they belong together, and how a person signs in."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
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

if TYPE_CHECKING:
    from datetime import date


class Organisation(models.Model):
    """A body that takes part in the program; its name is public."""

    class Kind(models.TextChoices):
        """What an organisation is to the program."""

        MINISTRY = "ministry", _("Ministry or agency")
        FUNDING_AGENCY = "funding-agency", _("Funding agency")
        INSTITUTION = "institution", _("Research institution")
        COMPANY = "company", _("Company")
        OTHER = "other", _("Other")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    short_name = models.CharField(max_length=40, blank=True)
    name_ja = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name_ja"], name="one_organisation_per_name")
        ]

    def __str__(self) -> str:
        return self.name_ja


class Person(models.Model):
    """A natural person; names are kept exactly as given, never normalised."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family_name = models.CharField(max_length=100)
    given_name = models.CharField(max_length=100, blank=True)
    family_name_kana = models.CharField(max_length=100, blank=True)
    given_name_kana = models.CharField(max_length=100, blank=True)
    family_name_en = models.CharField(max_length=100, blank=True)
    given_name_en = models.CharField(max_length=100, blank=True)
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def name_ja(self) -> str:
        """The name in Japanese order."""
        return f"{self.family_name} {self.given_name}".strip()

    @property
    def name_en(self) -> str:
        """The name in English order, or the Japanese one where no other is known."""
        if not self.family_name_en:
            return self.name_ja
        return f"{self.given_name_en} {self.family_name_en.upper()}".strip()


DatedModel = TypeVar("DatedModel", bound=models.Model)


class DatedQuerySet(models.QuerySet[DatedModel]):
    """Queries over what holds from one day up to, not on, another."""

    def on(self, day: date) -> Self:
        """Keep what is in force on the day."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day)


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

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")),
                name="affiliation_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.organisation_id}"


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

    objects = DatedQuerySet.as_manager()

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


class AccountManager(BaseUserManager["Account"]):
    """How an account is found: by its e-mail address, folded."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """Find an account by e-mail, whatever its case."""
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """A way to sign in as a person. It carries no right: rights come from appointments."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return str(self.pk)

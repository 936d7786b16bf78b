"""What members answer to a request to withhold, each for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from banso.people.models import Person
from banso.rulebook.results.withholding import Stance

if TYPE_CHECKING:
    from banso.people.actors import Actor


class OwnConsentQuerySet(models.QuerySet["Consent"]):
    """Queries over answers to a request to withhold."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep the viewer's own; nobody sees another's answer (R5)."""
        return self.filter(person_id=viewer.person_id)


class Consent(models.Model):
    """One member's answer to the exact text and roll; every change of mind is kept."""

    class Stance(models.TextChoices):
        """What a member says; silence says nothing."""

        CONSENT = "consent", _("Consent")
        REFUSE = "refuse", _("Do not consent")
        TAKE_BACK = "take-back", _("Take consent back")

    id = models.BigAutoField(primary_key=True)
    withholding = models.ForeignKey(
        "results.Withholding", on_delete=models.PROTECT, related_name="consents"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=10, choices=Stance)
    text_sha256 = models.CharField(max_length=64)
    roll_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = OwnConsentQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


STANCES = {
    Consent.Stance.CONSENT.value: Stance.CONSENTED,
    Consent.Stance.REFUSE.value: Stance.REFUSED,
    Consent.Stance.TAKE_BACK.value: Stance.WITHDREW,
}

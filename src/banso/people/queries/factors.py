"""Reading second factors: whose may be reset, and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.people.models import Account, FactorReset
from banso.people.models.sign_ins import people_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor


def resets_for(viewer: Actor) -> QuerySet[FactorReset]:
    """List the resets of the people of the viewer's bodies, latest first."""
    others = FactorReset.objects.visible_to(viewer).exclude(account__person_id=viewer.person_id)
    return others.select_related("account__person").order_by("-asked_at", "pk")


def resets_to_confirm(viewer: Actor) -> QuerySet[FactorReset]:
    """List what another officer asked for and nobody has confirmed."""
    waiting = resets_for(viewer).filter(confirmed_at=None, withdrawn_at=None)
    return waiting.exclude(asked_by=viewer.person_id).order_by("asked_at", "pk")


def account_to_reset(viewer: Actor, email: str) -> UUID | None:
    """Find the account of an address among the people of the viewer's bodies; else nothing."""
    found = Account.objects.filter(email__iexact=email)
    if not viewer.is_operator:
        found = found.filter(person__in=people_of(viewer))
    return found.values_list("pk", flat=True).first()

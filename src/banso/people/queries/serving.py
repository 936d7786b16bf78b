"""Who serves a body or directs a concept on a day: whom to tell, never what they may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.people.actors import PROGRAM_DIRECTOR, PROGRAM_OFFICER
from banso.people.models import Appointment

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


def officers_of(role: str, organisation_id: UUID | None, *, on: date) -> list[UUID]:
    """List who holds a role for a body on a day; without a body, for any."""
    held = Appointment.objects.on(on).filter(role=role)
    if organisation_id is not None:
        held = held.filter(organisation_id=organisation_id)
    return list(held.values_list("person_id", flat=True).order_by("person_id").distinct())


def directors_of(concept_id: UUID, *, on: date) -> list[UUID]:
    """List who directs the R&D of a concept on a day."""
    held = Appointment.objects.on(on).filter(
        role__in=[PROGRAM_DIRECTOR, PROGRAM_OFFICER], scope_id=concept_id
    )
    return list(held.values_list("person_id", flat=True).order_by("person_id").distinct())

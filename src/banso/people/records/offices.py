"""Facts about offices that the rules ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.people.models import Organisation

if TYPE_CHECKING:
    from uuid import UUID


def kinds_of(organisation_id: UUID | None) -> frozenset[str]:
    """Read everything that a body is to the program; no body is nothing."""
    if organisation_id is None:
        return frozenset()
    return frozenset(Organisation.objects.get(pk=organisation_id).kinds)

"""The operator makes an organisation known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command, record
from banso.people.models import Organisation
from banso.people.permissions import REGISTER_ORGANISATION

if TYPE_CHECKING:
    from banso.people.actors import Actor


@command
def register_organisation(
    *,
    actor: Actor,
    kind: str,
    name_ja: str,
    name_en: str = "",
    short_name: str = "",
    is_sample: bool = False,
) -> Organisation:
    """Register a body once, under its Japanese name."""
    REGISTER_ORGANISATION.require(actor, None)
    organisation = Organisation.objects.create(
        kind=kind, name_ja=name_ja, name_en=name_en, short_name=short_name, is_sample=is_sample
    )
    record(subject=organisation, details={"kind": kind, "name_ja": name_ja})
    return organisation

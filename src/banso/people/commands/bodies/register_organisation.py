"""A body becomes known, under its names and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command
from banso.people.models import Organisation
from banso.people.models.organisations import NUMBERS
from banso.people.permissions import REGISTER_ORGANISATION
from banso.people.records.changes import record_change
from banso.people.records.numbers import require_free_numbers
from banso.people.records.samples import enters_samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banso.people.actors import Actor


@command
def register_organisation(
    *,
    actor: Actor,
    kind: str,
    name_ja: str,
    name_en: str = "",
    short_name: str = "",
    name_kana: str = "",
    further_kinds: Sequence[str] = (),
    corporate_number: str = "",
    ror: str = "",
    erad_code: str = "",
    units: Sequence[str] = (),
    is_sample: bool = False,
) -> Organisation:
    """Register a body once, under its Japanese name and its numbers (O3)."""
    REGISTER_ORGANISATION.require(actor, None)
    organisation = Organisation(
        kind=kind,
        further_kinds=[*further_kinds],
        name_ja=name_ja,
        name_kana=name_kana,
        name_en=name_en,
        short_name=short_name,
        corporate_number=corporate_number,
        ror=ror,
        erad_code=erad_code,
        units=[*units],
        is_sample=is_sample or enters_samples(actor),
    )
    require_free_numbers(organisation, ("name_ja", *NUMBERS))
    organisation.save()
    record_change(
        subject=organisation,
        of=[(organisation, {})],
        details={"kind": kind, "name_ja": name_ja},
    )
    return organisation

"""The operator names an organisation that checks our checkpoints and signs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.models import Witness
from banso.ledger.record import command, record
from banso.ledger.verify import VerifierKey
from banso.people.permissions import REGISTER_WITNESS

if TYPE_CHECKING:
    from datetime import datetime

    from banso.people.actors import Actor


@command
def register_witness(
    *, actor: Actor, key: str, organisation_ja: str, organisation_en: str = "", at: datetime
) -> Witness:
    """Keep the witness's verifier key with the organisation that stands behind it."""
    REGISTER_WITNESS.require(actor, None)
    witness = Witness.objects.create(
        name=VerifierKey.parse(key).name,
        organisation_ja=organisation_ja,
        organisation_en=organisation_en,
        verifier_key=key,
        added_at=at,
    )
    record(subject=witness, details={"key": key, "organisation": organisation_ja})
    return witness

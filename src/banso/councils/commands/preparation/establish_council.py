"""A prepared council starts, with its first bylaws."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from banso.catalogue.models import PublicVersion
from banso.councils.models import BylawsEdition, Council
from banso.councils.permissions import ESTABLISH_COUNCIL
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.rulebook.councils import ESTABLISHMENT, may_establish
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor
    from banso.rulebook.verdicts import Verdict


@command
def establish_council(
    *,
    actor: Actor,
    council_id: UUID,
    bylaws_text: str,
    reason_for_another: str = "",
    at: datetime,
) -> Council:
    """Start a council once what its kind needs is on record; its existence is then public."""
    councils = locked(Council.objects.known_to(actor))
    council = councils.get(pk=council_id, established_at=None)

    ESTABLISH_COUNCIL.require(actor, council)
    enforce(_verdict(council, reason_for_another))
    council.established_at = at
    council.save(update_fields=["established_at"])
    BylawsEdition.objects.create(council=council, number=1, text=bylaws_text, adopted_at=at)
    record(
        subject=council,
        clause=ESTABLISHMENT,
        details={
            "bylaws_sha256": hashlib.sha256(bylaws_text.encode()).hexdigest(),
            "reason_for_another": reason_for_another,
        },
    )
    PublicVersion.objects.bump()
    return council


def _verdict(council: Council, reason_for_another: str) -> Verdict:
    others = Council.objects.established().filter(concept_id=council.concept_id, dissolved_at=None)
    return may_establish(
        kind=council.kind,
        has_representative=council.representative_id is not None,
        representative_consented_at=council.representative_consented_at,
        prior_consultation_at=council.consulted_at,
        organisers=_organisers(council),
        has_other_council=others.exists(),
        reason_for_another=reason_for_another,
    )


def _organisers(council: Council) -> set[str]:
    if council.fund_minister_id is None:
        return {"prime-minister"}
    if council.fund_minister_id == council.organiser_id:
        return {"fund-minister"}
    return {"fund-minister", "prime-minister"}

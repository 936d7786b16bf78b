"""An officer does not confirm where somebody says that they belong, and tells them why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.accounts.letters.invitations import send_refused_affiliation
from banso.people.models import AffiliationClaim
from banso.people.permissions import REFUSE_AFFILIATION
from banso.rulebook.people.entering import INVITING, may_decide_affiliation
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def refuse_affiliation(
    *, actor: Actor, claim_id: UUID, reason: str, at: datetime
) -> AffiliationClaim:
    """Keep the reason for its person, who may name the place anew."""
    claim = locked(AffiliationClaim.objects.visible_to(actor)).get(pk=claim_id)

    REFUSE_AFFILIATION.require(actor, claim)
    enforce(
        may_decide_affiliation(
            confirmed_at=claim.confirmed_at,
            refused_at=claim.refused_at,
            is_own=claim.person_id == actor.person_id,
        )
    )
    claim.refused_at, claim.decided_by, claim.reason = at, actor.person_id, reason
    claim.save(update_fields=["refused_at", "decided_by", "reason"])
    send_refused_affiliation(claim)
    record(subject=claim, clause=INVITING, details={"person": claim.person_id, "reason": reason})
    return claim
